#include "whatsapp/errors.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/time.h"

namespace puntual::whatsapp {
namespace {

constexpr int64_t kDay = kDayMs;
constexpr int64_t kHour = kHourMs;
constexpr int64_t kMinute = kMinuteMs;
constexpr int64_t kSecond = kSecondMs;

using enum Reaction;

// Sorted by code. {code, reaction, first delay, attempts, meaning, action}
constexpr ErrorReaction kReactions[] = {
    {0, StopNumber, 0, 0, "WhatsApp no aceptó la clave de acceso (token).",
     "Genere un token nuevo de usuario del sistema en Meta y guárdelo en la configuración."},
    {1, BackOff, 30 * kSecond, 2, "Solicitud no válida o falla del servidor de WhatsApp.",
     "Se vuelve a intentar en unos momentos. Si se repite, revise el estado de la plataforma de "
     "Meta."},
    {2, BackOff, 30 * kSecond, 5, "WhatsApp está fuera de servicio por el momento.",
     "No hace falta hacer nada: se vuelve a intentar más tarde."},
    {3, StopNumber, 0, 0, "A la aplicación le falta un permiso de WhatsApp.",
     "Revise los permisos de la aplicación en Meta (whatsapp_business_messaging)."},
    {4, BackOff, 5 * kMinute, 5, "La aplicación hizo demasiadas llamadas a Meta.",
     "Los envíos se hacen más despacio durante unos minutos."},
    {10, StopNumber, 0, 0, "El permiso no está concedido o la cuenta no cumple los requisitos.",
     "Conceda el permiso a la aplicación en el administrador comercial de Meta."},
    {17, BackOff, 5 * kMinute, 5, "El usuario del token hizo demasiadas llamadas a Meta.",
     "Los envíos se hacen más despacio durante unos minutos."},
    {33, StopNumber, 0, 0, "El número de WhatsApp de su negocio fue eliminado.",
     "Registre el número de nuevo o configure otro."},
    {100, Fix, 0, 0, "WhatsApp no entendió un dato de la solicitud o el identificador no existe.",
     "Revise el mensaje y el identificador del número. Si no ve el error, pida soporte con el "
     "detalle."},
    {104, StopNumber, 0, 0, "La solicitud salió sin clave de acceso (token).",
     "Configure el token de acceso de WhatsApp."},
    {190, StopNumber, 0, 0, "La clave de acceso (token) venció o fue revocada.",
     "Genere un token nuevo en Meta, guárdelo y reanude los envíos."},
    {200, StopNumber, 0, 0, "Falta un permiso para usar esta cuenta de WhatsApp.",
     "Asigne la cuenta de WhatsApp al usuario del sistema con control total."},
    {368, StopNumber, 0, 0, "Meta restringió o inhabilitó la cuenta por incumplir sus políticas.",
     "No se envía nada más. Revise el motivo en el administrador comercial y pida una revisión."},
    {613, BackOff, 5 * kMinute, 5, "Se superó un límite de llamadas de la aplicación.",
     "Los envíos se hacen más despacio durante unos minutos."},
    {803, Fix, 0, 0, "El número, la cuenta o la plantilla no existe con ese identificador.",
     "Corrija el identificador en la configuración."},
    {80007, BackOff, 10 * kMinute, 5,
     "La cuenta de WhatsApp hizo demasiadas llamadas de administración.",
     "La sincronización de plantillas sigue en unos minutos."},
    {130403, Never, 0, 0, "Su negocio bloqueó a esta persona en WhatsApp.",
     "Desbloquéela en WhatsApp si quiere volver a escribirle."},
    {130429, BackOff, kSecond, 5, "El número envía más rápido de lo que WhatsApp permite.",
     "El ritmo se baja solo. Si se repite, reduzca los mensajes por segundo."},
    {130472, Never, 0, 0,
     "La persona está en un experimento de Meta y no recibe este tipo de mensaje.",
     "No es culpa suya ni de ella. Use otro medio; no se reenvía."},
    {130497, Never, 0, 0, "Su cuenta no puede escribir a números de este país.",
     "Quite esos deudores del envío por WhatsApp o use otra cuenta habilitada."},
    {131000, BackOff, kMinute, 3, "WhatsApp falló sin decir por qué.",
     "Se vuelve a intentar unas pocas veces; después el mensaje queda apartado para que usted "
     "decida."},
    {131005, StopNumber, 0, 0, "Acceso denegado: el token no tiene permiso sobre este número.",
     "Revise los permisos del token y del usuario del sistema en Meta."},
    {131008, Fix, 0, 0, "Falta un dato obligatorio en el mensaje.",
     "Revise que todas las variables de la plantilla tengan valor."},
    {131009, Fix, 0, 0, "Un dato del mensaje no es válido.",
     "Revise el teléfono y los valores de la plantilla."},
    {131016, BackOff, 30 * kSecond, 5, "Un servicio de WhatsApp no está disponible.",
     "No hace falta hacer nada: se vuelve a intentar más tarde."},
    {131021, Never, 0, 0, "El destinatario es el mismo número de su negocio.",
     "Corrija el teléfono del deudor."},
    {131026, Undeliverable, 0, 0,
     "No se pudo entregar: el número no tiene WhatsApp, usa una versión muy vieja o no aceptó las "
     "condiciones.",
     "Confirme el teléfono por otro medio. Este número queda marcado como dudoso."},
    {131030, Fix, 0, 0, "El número es de prueba y el destinatario no está en su lista permitida.",
     "Agregue el destinatario a la lista del número de prueba en Meta o use un número real."},
    {131031, StopNumber, 0, 0, "La cuenta está bloqueada o el PIN de verificación no coincide.",
     "No se envía nada más. Entre al administrador comercial de Meta para resolverlo."},
    {131037, StopNumber, 0, 0, "El nombre visible del número todavía no está aprobado.",
     "Pida la aprobación del nombre visible en el administrador de WhatsApp."},
    {131042, StopNumber, 0, 0, "Hay un problema con el pago de la cuenta de WhatsApp.",
     "Revise el medio de pago en Meta. Los envíos siguen cuando esté al día."},
    {131045, StopNumber, 0, 0, "El número no quedó bien registrado en la plataforma.",
     "Registre el número de nuevo con su PIN."},
    {131047, NeedTemplate, 0, 0, "Pasaron más de 24 horas desde el último mensaje de la persona.",
     "Fuera de ese plazo solo se puede escribir con una plantilla aprobada."},
    {131048, StopNumber, kDay, 0,
     "WhatsApp limitó el número porque varias personas lo bloquearon o reportaron.",
     "Detenga los recordatorios al menos 24 horas y revise a quién escribe y con qué tono."},
    {131049, Wait, kDay, 1, "WhatsApp no entregó el mensaje para no cansar a la persona.",
     "Espere al menos 24 horas. Insistir empeora la entrega."},
    {131050, Never, 0, 0, "La persona pidió no recibir publicidad de su negocio.",
     "No se le envían más mensajes de mercadeo. Respete su decisión."},
    {131051, Fix, 0, 0, "WhatsApp no admite este tipo de mensaje.",
     "Use texto, plantilla, documento o imagen."},
    {131052, Fix, 0, 0, "No se pudo descargar el archivo que envió la persona.",
     "Pídale que lo envíe de nuevo; el máximo es de 100 MB."},
    {131053, Fix, 0, 0, "No se pudo cargar el archivo del mensaje.",
     "Revise el tipo y el tamaño del archivo (PDF de hasta 100 MB)."},
    {131055, Fix, 0, 0, "Este método de envío no está permitido para la cuenta.",
     "Use el envío normal de mensajes en lugar del de mercadeo."},
    {131056, PairLimit, kSecond, 7, "Se enviaron demasiados mensajes seguidos a la misma persona.",
     "Se espera antes de volver a escribirle; los demás envíos siguen."},
    {131057, BackOff, kMinute, 5, "El número está en mantenimiento por un momento.",
     "No hace falta hacer nada: se vuelve a intentar en un minuto."},
    {131062, Fix, 0, 0,
     "Este mensaje necesita el teléfono; no se puede enviar solo con el usuario.",
     "Pida el número de teléfono a la persona."},
    {131063, Fix, 0, 0, "Los mensajes de mercadeo no están habilitados en esta cuenta.",
     "Use plantillas de utilidad o habilite el mercadeo en Meta."},
    {131064, Wait, 7 * kDay, 1,
     "Meta limitó sus plantillas de utilidad porque consideró que eran publicidad.",
     "Detenga esas plantillas, corrija los textos y espere a que se levante el límite (unos 7 "
     "días)."},
    {132000, Fix, 0, 0, "La cantidad de variables no coincide con la plantilla aprobada.",
     "Sincronice las plantillas y revise sus variables."},
    {132001, TemplateGone, 0, 0,
     "La plantilla no existe, no está aprobada o no existe en ese idioma.",
     "Sincronice las plantillas. Los mensajes que la usan quedan en espera."},
    {132005, Fix, 0, 0, "El texto queda demasiado largo con los valores de este mensaje.",
     "Acorte el texto de la plantilla o los valores."},
    {132007, Never, 0, 0, "El contenido de la plantilla incumple las políticas de WhatsApp.",
     "Escriba un texto nuevo, sin amenazas ni datos sensibles."},
    {132008, Fix, 0, 0, "Un valor de la plantilla no es válido.",
     "Revise los valores de las variables de este mensaje."},
    {132012, Fix, 0, 0, "Un valor no tiene el formato que espera la plantilla.",
     "Revise las variables; la plantilla usa nombres, no posiciones."},
    {132015, TemplateGone, 3 * kHour, 1, "WhatsApp puso la plantilla en pausa por su baja calidad.",
     "Los mensajes esperan. Revise el texto y a quiénes les llega antes de reanudar."},
    {132016, TemplateGone, 0, 0, "WhatsApp inhabilitó la plantilla para siempre.",
     "Cree una plantilla nueva con otro nombre y un texto mejor."},
    {132018, Fix, 0, 0,
     "Hay un problema con los valores de la plantilla (saltos de línea, espacios…).",
     "Revise los datos del deudor: no deben tener saltos de línea ni tabulaciones."},
    {132068, Fix, 0, 0, "El formulario de WhatsApp está bloqueado.",
     "Revise el formulario en el administrador de WhatsApp."},
    {132069, Wait, kHour, 1, "El formulario de WhatsApp llegó a su límite de 10 envíos por hora.",
     "Espere una hora."},
    {133000, Fix, 0, 0, "Una baja anterior del número no terminó bien.",
     "Dé de baja el número otra vez y regístrelo de nuevo."},
    {133004, BackOff, kMinute, 5, "El servidor de WhatsApp no está disponible por el momento.",
     "No hace falta hacer nada: se vuelve a intentar más tarde."},
    {133005, Fix, 0, 0, "El PIN de verificación en dos pasos es incorrecto.",
     "Escriba el PIN correcto o cámbielo en el administrador de WhatsApp."},
    {133006, Fix, 0, 0, "El número debe verificarse antes de registrarlo.",
     "Verifique el número con el código que llega por SMS o llamada."},
    {133008, Wait, kHour, 1, "Se escribió mal el PIN demasiadas veces.",
     "Espere el tiempo que indica WhatsApp y pruebe con el PIN correcto."},
    {133009, Wait, 5 * kMinute, 1, "El PIN se escribió demasiado rápido.",
     "Espere unos minutos y vuelva a intentarlo."},
    {133010, StopNumber, 0, 0, "El número no está registrado en la plataforma.",
     "Registre el número en WhatsApp y reanude los envíos."},
    {133015, Wait, 5 * kMinute, 1, "El número se acaba de eliminar.",
     "Espere 5 minutos antes de registrarlo."},
    {133016, Wait, 3 * kDay, 1, "Se intentó registrar el número demasiadas veces.",
     "Espere 72 horas antes de volver a intentarlo."},
    {134011, Fix, 0, 0, "Falta aceptar las condiciones de pagos de WhatsApp.",
     "Acéptelas en el administrador comercial de Meta."},
    {134100, Fix, 0, 0, "La solicitud solo vale para mensajes de mercadeo.",
     "Use el envío normal de mensajes."},
    {134101, Fix, 0, 0, "La plantilla todavía no está lista para el envío de mercadeo.",
     "Use el envío normal de mensajes."},
    {134102, Fix, 0, 0, "La plantilla no puede usarse en el envío de mercadeo.",
     "Use el envío normal de mensajes."},
    {135000, Fix, 0, 1, "WhatsApp falló con los datos de este mensaje, sin decir cuál.",
     "Compare el mensaje con la plantilla. Si no ve el error, pida soporte con el detalle."},
    {137000, Never, 0, 0, "El número parece haber cambiado de dueño.",
     "No le escriba más: confirme por otro medio que sigue siendo la misma persona."},
    {139200, NeedTemplate, 0, 0, "El envío directo sin plantilla está bloqueado para la cuenta.",
     "Envíe con una plantilla aprobada."},
    {141008, StopNumber, 0, 0, "La cuenta de WhatsApp tiene un bloqueo técnico.",
     "Pida soporte a Meta con el detalle del error."},
    {141014, StopNumber, 0, 0, "La cuenta de WhatsApp fue inhabilitada.",
     "No se envía nada más. Pida una revisión en el administrador comercial de Meta."},
    {147001, Fix, 0, 0, "El nombre de usuario del negocio no es válido o no está disponible.",
     "Elija otro nombre de usuario en el administrador de WhatsApp."},
    {2494100, BackOff, 5 * kMinute, 5, "El número está en mantenimiento.",
     "No hace falta hacer nada: se vuelve a intentar en unos minutos."},
};

constexpr ErrorReaction kTemplateManagement{
    0,
    Fix,
    0,
    0,
    "WhatsApp no aceptó la creación o el cambio de la plantilla.",
    "Corrija la plantilla según el detalle del error y sincronice otra vez."};
constexpr ErrorReaction kUnknownTransient{
    0,
    BackOff,
    30 * kSecond,
    5,
    "WhatsApp tuvo una falla pasajera que no conocemos.",
    "Se vuelve a intentar unas pocas veces. Si sigue, pida soporte con el código."};
constexpr ErrorReaction kUnknownRefusal{
    0,
    Fix,
    0,
    0,
    "WhatsApp rechazó el mensaje con un código que no conocemos.",
    "El mensaje queda apartado. Pida soporte con el código y el detalle."};

static_assert(std::ranges::is_sorted(kReactions, {}, &ErrorReaction::code));

// Codes that come in ranges share the row of the first.
int representative_of(int code) {
  if (code > 200 && code <= 299) return 200;
  if (code > 147001 && code <= 147005) return 147001;
  return code;
}

bool is_template_management(int code) { return code >= 2388000 && code <= 2388999; }

const ErrorReaction* row_of(int code) {
  const auto* row =
      std::ranges::lower_bound(kReactions, representative_of(code), {}, &ErrorReaction::code);
  const bool is_found = row != std::end(kReactions) && row->code == representative_of(code);
  return is_found ? row : is_template_management(code) ? &kTemplateManagement : nullptr;
}

}  // namespace

ErrorReaction reaction_to(int code, bool is_transient) {
  const auto* row = row_of(code);
  ErrorReaction reaction = row != nullptr ? *row
                           : is_transient ? kUnknownTransient
                                          : kUnknownRefusal;
  reaction.code = code;
  return reaction;
}

bool states_refusal(int code) {
  constexpr std::array kVague = {1, 2, 131000, 131016, 133000, 133004, 135000};
  return row_of(code) != nullptr && std::ranges::find(kVague, code) == kVague.end();
}

}  // namespace puntual::whatsapp
