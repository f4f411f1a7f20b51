"""The commands of the terminal front end, by what they are for; importing a module adds its commands."""
