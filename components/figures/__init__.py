"""Pictures: data in, Plotly figure out. No torch, no Streamlit."""
