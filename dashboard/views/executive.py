"""Executive: are we retaining what we have, why did it move, what comes?"""

import streamlit as st

st.title("Executive")
