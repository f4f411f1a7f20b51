"""What a browser goes on showing whose session is gone, as the server was started anew in between."""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id


def still_shows(key: str) -> bool:
    """Whether the browser has told what the widget *key* says, before it is drawn for the first time.

    Streamlit gives the value to that widget, but the page knows nothing of it until then.
    """
    context = get_script_run_ctx()
    if context is None:
        return False
    told = context.session_state._state._new_widget_state  # noqa: SLF001 - nothing else says what has been told
    return any(user_key_from_element_id(each) == key for each in told)
