#include "app/config.h"

namespace puntual {

std::string sample_config() {
  return R"(# Ajustes de Puntual. Las claves desconocidas son un error, con sugerencia.
# Los secretos van en archivos aparte, legibles solo por usted (chmod 600).

# database = "sqlite:puntual.db"   # O postgresql://usuario@equipo/puntual, que pueden compartir varios nodos.
listen = "127.0.0.1:8080"
# api_token_file = "api_token.txt"

[creditor]
name = "Mi empresa"            # Como la conocen sus deudores
agent_name = "Laura"           # Quien escribe
country = "CO"
zone = "America/Bogota"
currency = "COP"
help = "llame al 601 555 0100" # Cómo hablar con una persona
# tax_id = "NIT 900.000.000-0" # En los documentos; con su nombre: RUC, RFC, RUT, CUIT, CNPJ…
# payment_link_base = "https://pagos.example.com/"
strategy = "estandar"
# treatment = "tu"             # Los mensajes tutean (o vosean, donde se vosea); si no, tratan de usted
# México y Chile piden decir más en el primer mensaje; se dice lo que aquí se llene:
# person_in_charge = "Lic. Marta Ruiz"
# address = "Av. Juárez 10, Centro, Ciudad de México"
# phone = "55 5555 0100"
# complaints_unit = "quejas@example.com o al 55 5555 0199"
# Solo si se pactaron con la persona; sin esto, ningún mensaje que hable de gastos o recargos sale.
# charges = "El monto incluye intereses de mora del 1,5 % mensual y no incluye gastos de cobranza."

# [access]
# proxies = ["10.0.0.5"]         # Direcciones de su proxy, si no está en esta máquina: a él se le cree de quién es cada solicitud
# second_factor = "optional"     # Para dueño, administración, cumplimiento y desarrollo; si no se dice, es obligatorio
# four_eyes = true               # Dos personas, cada una con su sesión: estrategias, plantillas, deudas por perdidas, devoluciones de dinero

# [charges]                      # Intereses de mora: solo si se pactaron, y nunca más que el techo de la ley (docs/charges.md)
# agreed_rate = "24"             # Por ciento; rate_kind = "effective_annual", "nominal_annual" o "monthly"
# agreed_evidence = "Contrato de servicio, cláusula 7"
# credit = "consumo_ordinario"   # Qué techo le toca: puntual charges show
# since = "2026-12-01"           # Desde este día los calcula el programa
# grace_days = 3
# book = "monthly"               # El saldo sube al cerrar el mes; "daily": cada día

# [law]                          # La ley que se aplica; sin esta sección, la que trae el programa
# closed_days = "feriados.tsv"   # Días en que usted no escribe a nadie: fecha, lugar y nombre separados por tabulador
# packs = "leyes"                # Reglas (co.toml) y calendarios (co.tsv) más nuevos que los del programa
# literal = ["CO-PREDUE"]        # Reglas que se leen al pie de la letra; véalas con: puntual pack show CO

# [node]                       # Varios procesos sobre una misma base PostgreSQL
# lease_seconds = 15           # Si de uno no se sabe nada en este tiempo, otro sigue en su lugar
#
# [conversation]
# person_hours = 12            # Cuando usted contesta, cuántas horas callan el bot y los recordatorios
# settle_seconds = 6           # Lo que alguien escribe dentro de este tiempo recibe una sola respuesta
#
# [imports]
# grace_seconds = 30           # Después de cargar un archivo, cuánto se espera antes de escribir: deshacerlo en ese tiempo no le escribe a nadie (0 a 300)
#
# [assistant]                  # Un modelo de lenguaje que ayuda a entender; apagado si no se llena. Ver docs/operating/assistant.md
# url = "http://127.0.0.1:11434/v1"
# model = "qwen2.5:7b"
# key_file = "assistant_key.txt"
#
# [retention]                  # Días que se guarda cada cosa; ver docs/rights.md
# conversation_days = 730
# contact_log_days = 1827
# bank_days = 365             # Lo que dicen líneas del banco que no son de nadie
#
# [bank]                       # Archivos del banco; ver docs/bank-files.md
# apply = "references"         # Qué se aplica solo: references, check_digits o nothing
# [[bank_account]]
# account = "3012345678"
# use = "direct"               # O gateway_settlement: allí abona una pasarela, y nada se aplica a nadie

# [webhooks]                   # A quién se le avisa de pagos y promesas; ver docs/webhooks-out.md
# private_hosts = ["erp.interno"]   # Equipos de su propia red; los demás, solo por https y en internet

[whatsapp]
# base_url = "http://127.0.0.1:9090"   # La zona de pruebas: puntual sandbox
phone_number_id = ""
waba_id = ""
access_token_file = "whatsapp_token.txt"
app_secret_file = "app_secret.txt"
verify_token = ""
# number_owner = "Otra empresa"  # Si el número no es suyo; el dueño debe permitirlo: puntual number confirm

[identity]
# A quien tiene un número sin comprobar se le pregunta primero si es esa persona, sin hablarle de la deuda.
# Si ya verificó todos sus números, diga cómo (otp, contract o conversation) y con qué prueba:
# confirmed_by = "contract"
# evidence = "Contrato de servicio, cláusula 3"

# [on_ramp]                    # Otra vía para quien WhatsApp no alcanza; ver docs/operating/on-ramps.md
# whatsapp_number = "+57 601 555 0100"     # El número al que le escribirán
# [on_ramp.email]
# url = "smtp://correo.example.com:587"    # Con STARTTLS; o smtps://correo.example.com
# user = "avisos@example.com"
# password_file = "correo_clave.txt"
# from = "avisos@example.com"
# reply_to = "cartera@example.com"         # Quien lee lo que contestan
# [on_ramp.sms]
# url = "https://sms.example.com/v1/messages"
# header_file = "sms_header.txt"           # Una línea: Authorization: Bearer …
# body = '{"to":"{{to}}","text":"{{text}}"}'

# [payments]                   # Cómo le pagan; ver docs/payments.md
# public_url = "https://cobros.example.com"   # Por donde se llega a este programa desde fuera
# link_days = 90                              # Cuánto sirve un enlace de pago
# ask_document = true                         # Pedir los últimos cuatro del documento antes de mostrar las facturas
# partial = false                             # Si se puede pagar una parte; partial_minor_min dice la menor, en centavos
# providers = ["wompi"]                       # En el orden en que se ofrecen
# allocation = "oldest_first"                 # Lo que no nombra factura: oldest_first, smallest_first o pro_rata; ver docs/books.md
# tolerance_minor = 100000                    # Un saldo que no pase de esto (aquí 1.000 pesos) se da por pagado
# [payments.wompi]
# secrets_file = "wompi.toml"  # public_key, private_key, events_secret, integrity_secret
# environment = "test"         # o "live"
# [payments.transfer]          # Para quien prefiere transferir
# bank = "Bancolombia"
# account_kind = "ahorros"
# account = "000-000000-00"
# holder = "Mi empresa SAS"
# document = "NIT 900.000.000-0"

# La llave que abre los datos de las personas. Guarde una copia en otro lugar: sin ella no se pueden leer.
# [keys]
# master_file = "keys/master.key"
)";
}

}  // namespace puntual
