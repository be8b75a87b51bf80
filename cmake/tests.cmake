# Tests that need more than one file of the sources: one program for each folder of tests/ that holds
# .cpp files, linked with everything, and one for each shell script tests/cli/*.sh. tests/support is what they share.

# A PostgreSQL server of their own and a database for a test; and below, processes of the program itself.
add_library(puntual_testing STATIC EXCLUDE_FROM_ALL tests/support/postgres_server.cpp tests/support/test_database.cpp)
target_include_directories(puntual_testing PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(puntual_testing PUBLIC puntual_store)
add_library(tests_support STATIC EXCLUDE_FROM_ALL tests/support/child.cpp tests/support/house.cpp
            tests/support/listener.cpp tests/support/smtp_server.cpp)
puntual_test_options(tests_support)
target_link_libraries(tests_support PUBLIC puntual_cli puntual_testing GTest::gtest CURL::libcurl OpenSSL::SSL)
target_include_directories(tests_support PUBLIC ${CMAKE_SOURCE_DIR})
target_compile_definitions(tests_support PUBLIC PUNTUAL_BINARY="$<TARGET_FILE:puntual>")

file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_SOURCE_DIR}/tests/*)
foreach(folder ${folders})
  get_filename_component(name ${folder} NAME)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "(/libfuzzer|_shim)\\.cpp$")
  if(NOT sources OR name STREQUAL "support")
    continue()
  endif()
  add_executable(tests_${name} ${sources})
  puntual_test_options(tests_${name})
  target_link_libraries(tests_${name} PRIVATE puntual_cli puntual_testing GTest::gtest GTest::gtest_main rapidcheck)
  target_include_directories(tests_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  # Who mostly waits for processes is shared out, so that the machine is busy meanwhile.
  set(shards 1)
  if(name STREQUAL "faults")
    set(shards 2)
  elseif(name STREQUAL "e2e")
    set(shards 3)
  endif()
  foreach(shard RANGE 1 ${shards})
    set(test ${name})
    if(shards GREATER 1)
      set(test ${name}_${shard})
    endif()
    math(EXPR index "${shard} - 1")
    add_test(NAME ${test} COMMAND tests_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${test} PROPERTIES LABELS ${name} ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${index}")
  endforeach()
endforeach()

# A script is given the binary as $1 and makes its own scratch folder; its exit code is its verdict.
file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/cli/*.sh)
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  add_test(NAME cli_${name} COMMAND sh ${script} $<TARGET_FILE:puntual>)
  set_tests_properties(cli_${name} PROPERTIES LABELS cli)
endforeach()

# These run the program itself, as a process.
foreach(name e2e faults)
  add_dependencies(tests_${name} puntual)
  target_link_libraries(tests_${name} PRIVATE tests_support)
endforeach()

# Stands between the program and its disk and clock, and lets them fail (tests/faults/disk.h).
add_library(fault_shim SHARED tests/faults/fault_shim.cpp)
# It comes before a sanitizer's runtime, which therefore is within the program (CMakePresets.json).
target_compile_options(fault_shim PRIVATE -fno-sanitize=all)
target_link_options(fault_shim PRIVATE -fno-sanitize=all)
add_dependencies(tests_faults fault_shim)
target_compile_definitions(tests_faults PRIVATE PUNTUAL_FAULT_SHIM="$<TARGET_FILE:fault_shim>")

# The same tests on the other database.
foreach(name store engine sim)
  target_link_libraries(test_${name} PRIVATE puntual_testing)
endforeach()
target_sources(test_on_ramp PRIVATE tests/support/listener.cpp tests/support/smtp_server.cpp)
target_include_directories(test_on_ramp PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(test_on_ramp PRIVATE OpenSSL::SSL)
target_sources(test_hooks PRIVATE tests/support/listener.cpp)
target_include_directories(test_hooks PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(test_hooks PRIVATE Threads::Threads)
target_include_directories(test_http PRIVATE ${CMAKE_SOURCE_DIR})  # tests/support/peer.h
target_sources(test_app PRIVATE tests/support/listener.cpp tests/support/authenticator.cpp)
target_sources(test_core PRIVATE tests/support/authenticator.cpp)
target_include_directories(test_core PRIVATE ${CMAKE_SOURCE_DIR})
target_include_directories(test_app PRIVATE ${CMAKE_SOURCE_DIR})
target_sources(test_providers PRIVATE tests/support/listener.cpp)
target_include_directories(test_providers PRIVATE ${CMAKE_SOURCE_DIR})
target_include_directories(test_document PRIVATE ${CMAKE_SOURCE_DIR})  # tests/support/pdf_text.h
function(puntual_test_on_postgres name filter)
  add_test(NAME ${name}_on_postgresql COMMAND test_${name} --gtest_filter=${filter} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name}_on_postgresql PROPERTIES ENVIRONMENT "PUNTUAL_TEST_DATABASE=postgresql;RC_PARAMS=max_success=10" LABELS postgresql)
endfunction()
puntual_test_on_postgres(store *)
puntual_test_on_postgres(engine *)
puntual_test_on_postgres(sim *Scenario*)

# The targets of tests/fuzz without those that link every layer: `parsers` replays their corpus, also under the sanitizers (`make test`
# does so); `fuzz` is the same under libFuzzer's main (preset fuzz).
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.cpp)
list(FILTER fuzz_sources EXCLUDE REGEX "(_test|/libfuzzer)\\.cpp$")
function(puntual_fuzz_program name main link)
  add_executable(${name} EXCLUDE_FROM_ALL ${fuzz_sources} tests/fuzz/${main}.cpp src/cli/gate_json.cpp src/cli/understand_json.cpp src/app/archive.cpp src/app/input_file.cpp src/app/workshop.cpp)
  target_link_libraries(${name} PRIVATE puntual_sheet puntual_http puntual_providers puntual_whatsapp ${link})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
endfunction()
puntual_fuzz_program(parsers replay_test "GTest::gtest;GTest::gtest_main")
if(PUNTUAL_LIBFUZZER)
  puntual_fuzz_program(fuzz libfuzzer -fsanitize=fuzzer)
endif()
