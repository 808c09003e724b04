"""A page with nothing but the upload and one line after it: what a refusal must not take away."""

import streamlit as st

from components.catalogue import discover
from components.ui.upload import uploaded

sample = uploaded(discover("modalities", "MODALITY")[st.query_params.get("modality", "vision")])
st.text("no sample" if sample is None else f"grid {sample['grid']}, elements {sample['elements'].shape}")
