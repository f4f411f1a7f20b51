"""The web front end's frame: language, navigation, the shared period and filters, and the page."""

from __future__ import annotations

import streamlit as st

from ui import server, troubles

if __name__ == "__main__":
    from ui import frame

    frame.configure()
    page = frame.navigation()
    with troubles.told():
        frame.open_page(page.url_path)
        page.run()
else:
    # `streamlit run app.py` imports this file for the server's application, and runs it as a script for each reader.
    app = st.App(
        __file__,
        lifespan=server.lifespan,
        routes=server.routes(),
        middleware=server.middleware(),
        on_script_error=troubles.unexpected,
    )
