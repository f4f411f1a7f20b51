"""What all of Google's services share: who asks, how they are asked again, and what their refusals mean."""
