# SPDX-License-Identifier: Apache-2.0 OR MIT
#
# The libraries that rooms are linked with.

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
# What a short run of a program waits for is the loader, and that for what
# libarchive brings along for formats that nobody asks for.
if(EROFS_STATIC_LIBRARIES)
  find_library(EROFS_STATIC_CRYPTO libcrypto.a)
  if(EROFS_STATIC_CRYPTO)
    set(OPENSSL_USE_STATIC_LIBS ON)
    find_library(LibArchive_LIBRARY libarchive.a)
  endif()
endif()
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(TBB REQUIRED)
find_package(ZLIB REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(LibArchive REQUIRED)
if(LibArchive_LIBRARY MATCHES "\\.a$")
  find_library(EROFS_BZ2 bz2 REQUIRED)
  target_link_libraries(
    LibArchive::LibArchive
    INTERFACE OpenSSL::Crypto LibLZMA::LibLZMA ZLIB::ZLIB ${EROFS_BZ2})
  # Or else what nobody calls would ask for their libraries, too.
  target_link_options(LibArchive::LibArchive INTERFACE -Wl,--gc-sections)
endif()
find_library(EROFS_XXHASH xxhash REQUIRED)
find_library(EROFS_UTF8PROC utf8proc REQUIRED)
find_library(EROFS_LZ4 lz4 REQUIRED)
find_library(EROFS_ZSTD zstd REQUIRED)
find_library(EROFS_DEFLATE deflate REQUIRED)
find_library(EROFS_SECCOMP seccomp REQUIRED)
