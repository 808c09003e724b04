"""The only rooms besides the pages that know Streamlit."""
