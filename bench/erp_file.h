// A made-up file of an ERP: twelve columns, one invoice a row, as accountants export it.
#pragma once

#include <fstream>

#include "bench.h"

namespace puntual::bench {

// rows_each invoices for each person, one after the other; due dates around `today` (a month of
// 2026 or 2027). Those from another `first` on are other people's.
inline void write_erp_file(const std::string& path, int64_t rows, int64_t rows_each,
                           int64_t first = 0) {
  static constexpr std::string_view kNames[] = {"Ana Lucía", "Carlos Andrés", "María José",
                                                "Víctor Hugo", "Yésica"};
  static constexpr std::string_view kSurnames[] = {"Muñoz Peña", "Quiñones Díaz", "Zúñiga Ríos",
                                                   "Núñez León", "Ibáñez Sáenz"};
  static constexpr std::string_view kProducts[] = {"Internet hogar", "Cuota crédito", "Colegiatura",
                                                   "Plan móvil"};
  std::ofstream file(path, std::ios::binary);
  file << "Cliente;NIT / Cédula;Celular;Correo;Nº Factura;Fecha emisión;Fecha "
          "vencimiento;Valor;Saldo;Moneda;Producto;Código cliente\r\n";
  std::string line;
  for (int64_t i = first; i < first + rows; ++i) {
    const int64_t person = i / rows_each;
    const int day = static_cast<int>(1 + i % 28);
    const int month = static_cast<int>(1 + i / 28 % 10);
    const int64_t thousands = 50 + i % 900;
    line.clear();
    fmt::format_to(std::back_inserter(line),
                   "{} "
                   "{};{};3{:09};persona{}@example.com;F{:09};{:02}/{:02}/2026;{:02}/{:02}/"
                   "2026;{}.{:03},00;{}.{:03},00;COP;{};C{:08}\r\n",
                   kNames[person % 5], kSurnames[person / 5 % 5], 10'000'000 + person, person,
                   person, i, day, month, day, month + 2, thousands, i % 1000, thousands, i % 1000,
                   kProducts[i % 4], person);
    file << line;
  }
  file.close();
  require(static_cast<bool>(file), "the file could not be written");
}

// The bytes of a file, in memory.
inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::filesystem::file_size(path), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  require(static_cast<bool>(file), "the file could not be read");
  return bytes;
}

}  // namespace puntual::bench
