"""How budget documents are printed, and how sets of figures differ and contradict. Nothing in here is modelled."""
