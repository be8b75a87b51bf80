# What is made while building, and never committed: the table of time zones, the model of intents and the embedded files.

# The zones of the IANA database with their offsets, so that the program does not depend on the tzdata
# of the machine it runs on (docs/decisions/0004-time-zones.md).
add_executable(zone_table tools/zone_table.cpp)
target_link_libraries(zone_table PRIVATE date::date-tz)
set(GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED_DIR})
add_custom_command(
  OUTPUT ${GENERATED_DIR}/zone_table.inc
  COMMAND zone_table ${GENERATED_DIR}/zone_table.inc
  DEPENDS zone_table
  COMMENT "Writing the table of time zones")

# The model that reads messages (core/conversation/intent_model.h), from the utterances of data/. Trained here, or the file of another
# build: slow programs (sanitizers without optimisation) would train for minutes.
set(PUNTUAL_INTENT_MODEL "" CACHE FILEPATH "A trained model to take instead of training one")
set(intent_model ${PUNTUAL_INTENT_MODEL})
if(NOT intent_model)
  set(intent_model ${GENERATED_DIR}/intent_model.bin)
  set(conversation ${CMAKE_SOURCE_DIR}/src/core/conversation)
  add_executable(train_intents tools/train_intents.cpp ${conversation}/intent_features.cpp ${conversation}/concepts.cpp ${conversation}/sound.cpp
                 ${conversation}/intent.cpp ${conversation}/opt_out.cpp ${conversation}/opt_out_phrases.cpp ${conversation}/grave_words.cpp ${conversation}/identity.cpp)
  target_link_libraries(train_intents PRIVATE puntual_base)
  file(GLOB UTTERANCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/utterances/*.tsv)
  add_custom_command(
    OUTPUT ${intent_model}
    COMMAND train_intents ${intent_model} ${UTTERANCES}
    DEPENDS train_intents ${UTTERANCES}
    COMMENT "Training the model of intents")
endif()
file(CONFIGURE OUTPUT ${GENERATED_DIR}/intent_model.S @ONLY CONTENT ".section .rodata
.balign 16
.global puntual_intent_model
puntual_intent_model:
.incbin \"${intent_model}\"
.section .note.GNU-stack,\"\",%progbits
")
set_source_files_properties(${GENERATED_DIR}/intent_model.S PROPERTIES OBJECT_DEPENDS ${intent_model})

# Every file below data/, docs/api/, packs/, strategies/, templates/, web/demo and web/pay becomes part of the binary: name ->
# bytes; and as app/… the web application, where tools/build_web.sh has made it.
file(GLOB_RECURSE EMBEDDED_FILES CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/data/* ${CMAKE_SOURCE_DIR}/docs/api/* ${CMAKE_SOURCE_DIR}/packs/* ${CMAKE_SOURCE_DIR}/strategies/* ${CMAKE_SOURCE_DIR}/templates/*
     ${CMAKE_SOURCE_DIR}/web/demo/* ${CMAKE_SOURCE_DIR}/web/pay/* ${CMAKE_SOURCE_DIR}/web/docs/* ${CMAKE_SOURCE_DIR}/src/store/migrations/*
     ${CMAKE_SOURCE_DIR}/build/web/dist/*)
list(FILTER EMBEDDED_FILES EXCLUDE REGEX "/data/utterances/")
set(embedded_asm ".section .rodata\n")
set(embedded_table "")
set(embedded_externs "")
set(index 0)
foreach(path ${EMBEDDED_FILES})
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${path})
  string(REGEX REPLACE "^build/web/dist/" "app/" name ${name})
  string(APPEND embedded_asm
         ".global puntual_embedded_${index}\n.global puntual_embedded_${index}_end\n"
         "puntual_embedded_${index}:\n.incbin \"${path}\"\npuntual_embedded_${index}_end:\n.byte 0\n")
  string(APPEND embedded_externs
         "extern const char puntual_embedded_${index}[];\nextern const char puntual_embedded_${index}_end[];\n")
  string(APPEND embedded_table
         "  {\"${name}\", puntual_embedded_${index}, puntual_embedded_${index}_end},\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND embedded_asm ".section .note.GNU-stack,\"\",%progbits\n")
file(CONFIGURE OUTPUT ${GENERATED_DIR}/embedded.S CONTENT "${embedded_asm}" @ONLY)
file(CONFIGURE OUTPUT ${GENERATED_DIR}/embedded_table.inc
     CONTENT "${embedded_externs}\nstatic const EmbeddedEntry kEntries[] = {\n${embedded_table}};\n" @ONLY)
set_source_files_properties(${GENERATED_DIR}/embedded.S PROPERTIES OBJECT_DEPENDS "${EMBEDDED_FILES}")
