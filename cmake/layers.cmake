# One library a layer; what a layer may link is what it may include (tests/architecture holds the same
# table against the sources).

set(PCH_HEADERS <string> <string_view> <vector> <optional> <expected> <span> <map> <functional> <memory>
    <algorithm> <cstdint> <variant> <fmt/format.h>)

# Tests are compiled more often than they run long: a little less optimised, they build in two thirds
# of the time.
function(puntual_test_options target)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

# What is delivered and what is measured allocate by jemalloc: a seventh less processor time in dispatch
# (docs/decisions/0002-libraries.md). Sanitizers, which are Debug builds, bring their own.
find_library(JEMALLOC_LIBRARY jemalloc)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT JEMALLOC_LIBRARY)
  message(WARNING "jemalloc is not installed (tools/install_deps.sh does it): the program works without it, slower")
endif()
function(puntual_allocator target)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND JEMALLOC_LIBRARY)
    target_link_libraries(${target} PRIVATE ${JEMALLOC_LIBRARY})
  endif()
endfunction()

# puntual_layer(name links...): every .cpp below src/name except tests; tests become test_name.
function(puntual_layer name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(puntual_${name} STATIC ${sources})
    target_include_directories(puntual_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(puntual_${name} PUBLIC ${ARGN})
    if(PUNTUAL_PCH)
      target_precompile_headers(puntual_${name} PRIVATE ${PCH_HEADERS})
    endif()
  else()
    add_library(puntual_${name} INTERFACE)
    target_include_directories(puntual_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(puntual_${name} INTERFACE ${ARGN})
  endif()
  if(tests)
    add_executable(test_${name} ${tests})
    puntual_test_options(test_${name})
    target_link_libraries(test_${name} PRIVATE puntual_${name} GTest::gtest GTest::gtest_main rapidcheck)
    if(PUNTUAL_PCH)
      target_precompile_headers(test_${name} PRIVATE ${PCH_HEADERS} <gtest/gtest.h>)
    endif()
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()

enable_testing()
option(PUNTUAL_PCH "Precompile the standard headers" OFF)

puntual_layer(base fmt::fmt ICU::uc ICU::i18n ICU::data OpenSSL::Crypto tomlplusplus::tomlplusplus
              Boost::json ${PHONENUMBER_LIBRARY} ${PROTOBUF_LIBRARY})
target_link_libraries(puntual_base PRIVATE PkgConfig::SODIUM)
target_include_directories(puntual_base SYSTEM PRIVATE ${PHONENUMBER_INCLUDE})
target_include_directories(puntual_base PRIVATE ${GENERATED_DIR})
target_sources(puntual_base PRIVATE ${GENERATED_DIR}/zone_table.inc ${GENERATED_DIR}/embedded.S)
set_source_files_properties(${GENERATED_DIR}/embedded.S PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
                            SKIP_PRECOMPILE_HEADERS ON)
puntual_layer(core puntual_base)
target_sources(puntual_core PRIVATE ${intent_model} ${GENERATED_DIR}/intent_model.S)
set_source_files_properties(${GENERATED_DIR}/intent_model.S PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
                            SKIP_PRECOMPILE_HEADERS ON)
puntual_layer(document puntual_core)
target_link_libraries(puntual_document PRIVATE PkgConfig::PANGOCAIRO PkgConfig::QRENCODE)
puntual_layer(sheet puntual_base)
target_link_libraries(puntual_sheet PRIVATE PkgConfig::XLSXWRITER PkgConfig::XLSX_PARTS)
puntual_layer(ports puntual_core)
puntual_layer(store puntual_core SQLite::SQLite3 PostgreSQL::PostgreSQL)
puntual_layer(whatsapp puntual_ports CURL::libcurl)
puntual_layer(assistant puntual_ports CURL::libcurl Threads::Threads)
puntual_layer(on_ramp puntual_document puntual_ports CURL::libcurl)
puntual_layer(providers puntual_ports CURL::libcurl)
puntual_layer(hooks puntual_base CURL::libcurl)
puntual_layer(engine puntual_store puntual_ports puntual_whatsapp)
puntual_layer(http puntual_base Threads::Threads)
target_compile_definitions(puntual_http PRIVATE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
                           BOOST_ASIO_DISABLE_BOOST_DATE_TIME)
set_source_files_properties(src/http/asio_separate.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
                            SKIP_PRECOMPILE_HEADERS ON)
puntual_layer(sandbox puntual_base puntual_http CURL::libcurl)
puntual_layer(sim puntual_document puntual_engine puntual_sandbox)

puntual_layer(app puntual_sheet puntual_hooks puntual_providers puntual_assistant puntual_document puntual_on_ramp puntual_engine puntual_http puntual_whatsapp)
puntual_layer(cli CURL::libcurl puntual_document puntual_app puntual_sim puntual_sandbox puntual_http CLI11::CLI11)
target_compile_definitions(puntual_cli PRIVATE PUNTUAL_VERSION="${PROJECT_VERSION}")

add_executable(puntual src/main.cpp)
target_link_libraries(puntual PRIVATE puntual_cli)
puntual_allocator(puntual)
