# embed_text — writes the text of FROM as a C++ raw string literal to TO.
file(READ ${FROM} text)
file(WRITE ${TO} "R\"text(${text})text\"\n")
