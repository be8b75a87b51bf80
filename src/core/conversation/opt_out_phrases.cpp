#include "core/conversation/opt_out_phrases.h"

namespace puntual::conversation::phrases {
namespace {

// Forms that command or wish; what only reports ("no me escribieron el valor") is not among them.
// Macros, because a phrase is one literal.
#define PUNTUAL_WRITES                                                                        \
  "escriba*|escriva*|contacte*|llame|llames|llamen|hable|hables|hablen|moleste*|joda*|jodas|" \
  "fastidie*|busque*|acose*|hostigue*|insista*|marque|marquen|timbre*|persiga*|mensajee*|chatee*"
#define PUNTUAL_SENDS "mande|mandes|manden|envie|envies|envien|pase|pasen|pongan"
#define PUNTUAL_WRITE_INF                                                                       \
  "escribir*|escrivir*|contactar*|llamar*|hablar*|molestar*|joder*|fastidiar*|buscar*|acosar*|" \
  "hostigar*|insistir*|mandar*|enviar*|marcar*|hinchar*|spam*"
#define PUNTUAL_WRITING                                                                         \
  "escribiendo*|contactando*|llamando*|hablando*|molestando*|jodiendo*|fastidiando*|buscando*|" \
  "acosando*|hostigando*|insistiendo*|mandando*|enviando*"
#define PUNTUAL_MESSAGES                                                                    \
  "mensaje|mensajes|mensajito*|msj*|msg*|mjs*|sms|whatsapp*|whats*|wasap*|guasap*|wpp|wsp|" \
  "notificacion*|aviso|avisos|recordatorio*|messag*|texto|textos|cobros|llamadas|correos|mails"
#define PUNTUAL_PAPERS                                                                        \
  "recibo|recibos|factura|facturas|copia|copias|comprobante*|correo|email|link|links|enlace|" \
  "foto|fotos|pdf|audio|audios|extracto*|estado|boleto|cuenta"
#define PUNTUAL_OUT_ME                                                                          \
  "quitenme|quiteme|quitame|quitarme|saquenme|saqueme|sacame|sacarme|saquen|saque|borrenme|"    \
  "borreme|borrame|borrarme|eliminenme|elimineme|eliminame|eliminarme|remuevanme|remuevame|"    \
  "removerme|retirenme|retireme|retirame|retirarme|excluyanme|excluyame|bajenme|bajeme|bajame|" \
  "tachenme|desinscribanme"
#define PUNTUAL_OUT                                                                       \
  "quiten|quite|quita|quitar|saquen|saque|saca|sacar|borren|borre|borra|borrar|eliminen|" \
  "elimine|elimina|eliminar|remuevan|remueva|remover|remuevanme|retiren|retire|retirar|"  \
  "excluyan|excluya|supriman|suprima|suprimir|olviden|olvide|olvidense|desechen"
#define PUNTUAL_LIST                                                                           \
  "lista|listas|base|bases|contactos|sistema|grupo|agenda|registro|registros|directorio|aqui|" \
  "ahi|aca|esto|eso|mensajes|whatsapp|numero"

constexpr std::string_view kStopMessages[] = {
    "baja",
    "dar de baja",
    "dame de baja",
    "deme de baja",
    "darme de baja",
    "quiero darme de baja",
    "denme de baja",
    "parar",
    "pare",
    "paren",
    "para",
    "para ya",
    "stop",
    "alto",
    "basta",
    "ya basta",
    "no gracias no mas",
    "no no mas",
    "cancelar",
    "cancelar mensajes",
    "cancelar suscripcion",
    "no mas",
    "ya no mas",
    "salir",
    "remover",
    "eliminar",
    "unsubscribe",
    "sair",
    "cancelar mensagens",
    "descadastrar",
    "parar mensagens",
    "nao quero mais",
    "chega",
    "remova me",
    "detener",
    "detenganse",
    "no quiero mas",
    "ya no quiero mas",
    "no molestar",
    "desuscribir",
    "desuscribirme",
};

constexpr std::string_view kNoStop[] = {
    "si|hasta|mientras|aunque <1> no me|nos <1> " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "hasta|mientras que no me|nos <1> " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "no <3> deje|dejen|dejes|dejar de escrib*|avis*|mand*|envi*|record*|llam*|contact*",
    "no quiero|quisiera|deseo <1> que|q|k <1> dejen|deje|dejes de *",
    "quit*|sac*|saqu*|borr*|elimin*|retir* <6> datacredito|centrales|buro|infocorp|dicom|reporte|"
    "reportado|reportada|negra|veraz|serasa|spc|cifin",
    "no me|nos moleste|molesten que|si|el|la|lo",
    "tarjeta|cuenta|cta|linea|servicio|internet|app|clave|celular <3> bloque*",
    "bloque* <3> tarjeta|cuenta|cta|linea|servicio|internet|app|clave",
    "no hay|importa|problema <2> me|nos " PUNTUAL_WRITES,
};

constexpr std::string_view kPartialStop[] = {
    "no <1> me|nos hable|hables|hablen de *",
    "no <1> me|nos " PUNTUAL_WRITES
    " asi|feo|mal|tan|los|las|en|hasta|antes|despues|cuando|temprano|tarde|hoy|ahora|manana|"
    "entre|sino|el|ahorita",
    "no <1> me|nos " PUNTUAL_WRITES " de noche|madrugada|manana|dia",
    "no <1> me|nos " PUNTUAL_WRITES
    " a|al|para|por "
    "las|la|trabajo|oficina|empleo|fijo|correo|email|telefono|llamada|casa|otro|mama|jefe",
    "no <1> me|nos " PUNTUAL_WRITES " a mi|la|el trabajo|oficina|casa|mama|esposa|esposo|jefe|fijo",
    "no <1> me|nos " PUNTUAL_SENDS " <2> " PUNTUAL_PAPERS,
    "no <1> me|nos mandar|enviar <2> " PUNTUAL_PAPERS,
    "no quiero|deseo <1> recibir <2> " PUNTUAL_PAPERS,
};

constexpr std::string_view kStop[] = {
    // "No me escriban", "no me vuelvan a escribir", "que no me estén llamando".
    "no me|m|nos " PUNTUAL_WRITES,
    "no|nunca|jamas|tampoco mas me|nos " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "nunca|jamas <1> me|nos " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "no <1> me|nos vuelv*|buelv*|volv*|vuelb* a <1> " PUNTUAL_WRITE_INF,
    "no <1> vuelva|vuelvan|vuelvas|volver|vuelban <1> a <1> " PUNTUAL_WRITE_INF,
    "no <1> me|nos siga*|sigue*|este|esten|estes|continue*|anden|ande " PUNTUAL_WRITING,
    "no sigan|siga|sigas|continuen|esten|este|anden <1> " PUNTUAL_WRITING,
    "no escriban|escriba|escribas|molesten|moleste|molestes|jodan|joda|jodas|fastidien|fastidie|"
    "insistan|insistas .|mas|nunca|por|ya|a",
    "no me|nos escriben|escribe|escribes|mandan|manda|mandas|envian|envia|envias mas .|mensaje*|"
    "nunca|por|a|nada",
    "no me|nos escribir|contactar|llamar|molestar|joder|fastidiar|buscar mas|.|por",
    "no escribirme|contactarme|llamarme|molestarme|mandarme|enviarme|buscarme mas|.|nunca|nada|por",
    "no <1> escribir|contactar|molestar|enviar|mandar|llamar|insistir mas",
    "no <1> mande*|envie*|contacte*|llame|llamen <1> mas .|mensaje*|nada|por|a|" PUNTUAL_MESSAGES,
    "no <1> me|nos|m " PUNTUAL_SENDS
    " <2> mas|nada|cosas|eso|esto|estos|esas|."
    "|" PUNTUAL_MESSAGES,
    "no <1> me|nos mandar|enviar <2> mas|nada|."
    "|" PUNTUAL_MESSAGES,
    // "No quiero que me escriban", "no quiero recibir más mensajes", "no más mensajes".
    "no quiero|kiero|quisiera|deseo|autorizo|autorise|acepto|permito|consiento|necesito|queremos "
    "<1> me|que|q|k|ke <2> " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "no quiero|kiero|quisiera|deseo|autorizo|acepto|queremos|interesa <2> recibir|resivir|recivir|"
    "recibirlos|saber <3> mas|nada|esto|estos|eso|esos|ninguno|ningun|."
    "|" PUNTUAL_MESSAGES,
    "no quiero|kiero|quisiera|deseo|autorizo|acepto|queremos <2> " PUNTUAL_MESSAGES,
    "no <1> me|nos interesa|interesan <1> recibir|sus|esos|estos|mas <2> " PUNTUAL_MESSAGES,
    "no autorizo|acepto|deseo mas",
    "no mas " PUNTUAL_MESSAGES,
    "no quiero|deseo <1> mas|ningun|ninguna contacto|comunicacion*",
    // "Dejen de molestar", "déjenme en paz", "paren de mandar".
    "deje|dejen|deja|dejes|dejar|dejad|dejanme|dejenme|dejeme|dejame|pare|paren|para|parar|"
    "paran|cese|cesen|basta|terminen|acaben <1> de <2> " PUNTUAL_WRITE_INF,
    "dejar <1> de recibir <3> esto|estos|eso|ellos|" PUNTUAL_MESSAGES,
    "dejame|dejeme|dejenme|dejen|deje|dejanos|dejennos|dejarme|dejarnos|dejes <2> "
    "paz|tranquil*|quieto|quieta|sano|vivir",
    "basta|stop|alto <1> de|con|a|los|las|con|el <2> " PUNTUAL_MESSAGES,
    "basta|paren|pare|stop|alto|detengan|detenga|suspendan|suspenda|cancelen|cancele|cancela|"
    "cancelar|desactiven|desactivar|desactive <2> " PUNTUAL_MESSAGES,
    // "Borren mi número", "sáquenme de su lista", "denme de baja".
    PUNTUAL_OUT " <2> mi|este|nuestro numero|num|nro|celular|cel|telefono|contacto|whatsapp",
    PUNTUAL_OUT " <2> mi|mis|mi nombre|datos|numero <1> de <2> " PUNTUAL_LIST,
    PUNTUAL_OUT_ME " <4> " PUNTUAL_LIST,
    "me quiten|quite|saquen|saque|borren|borre|eliminen|elimine|retiren|retire|remuevan|excluyan "
    "<4> " PUNTUAL_LIST,
    "darme|dame|deme|denme|demen|damen|darnos|dennos de baja .|" PUNTUAL_LIST,
    "darme|dame|deme|denme|demen|damen|darnos|dennos de baja de|por <3> " PUNTUAL_LIST,
    "me|nos den|de|dan|da|des de baja .",
    "desuscrib*|dessuscrib*|unsubscribe|descadastr*",
    "no <1> quiero|deseo|autorizo|acepto <1> ser contactado|contactada|molestado|molestada|llamado",
    "prohib* <1> que me|nos " PUNTUAL_WRITES "|" PUNTUAL_SENDS,
    "prohibido|prohibo|prohiba escribirme|contactarme|llamarme|enviarme|mandarme",
    "no|dejen|deje|dejes|ya de|me|esten|este|estes <1> chingar|chingando|chinguen|chingues|hinchen|"
    "hinches|hinchar",
    "no chinguen|chingues|chingue|hinchen|hinches",
    "no rompan|rompas|rompa <2> bolas|pelotas|huevos|cocos",
    "olvidense|olvidese|olvidate de mi",
    "parenle|parale|parele|cortenla|cortala|cortela|corten <3> " PUNTUAL_MESSAGES,
    // Portuguese.
    "nao me|nos escreva*|perturbe*|incomode*|contate*|contacte*|ligue*|procure*|chame|chamem|"
    "encha*|chateie*|amole*|aporrinh*",
    "nao me|nos mande*|envie*|mandar|enviar <2> mais|nada|mensage*|.|msg*|isso",
    "nao mande*|envie* <1> mais|mensage*",
    "nao quero|desejo|gostaria <2> receber <2> mais|mensage*|msg*|nada|isso|.",
    "nao quero|desejo <1> mais mensage*|msg*|contato|.",
    "nao quero|desejo|autorizo <1> mensage*|msg*|contato|contatos",
    "nao quero|desejo|autorizo que|q <1> me <1> mand*|escrev*|lig*|envi*|contat*|procur*|perturb*",
    "nao volte*|torne* a me *",
    "para|pare|parem|parar|deixe|deixem|deixa <1> de <1> me mand*|envi*|escrev*|ligar|perturb*|"
    "incomod*|ench*|chatear|procurar|cobrar",
    "para|pare|parem|deixe|deixem <1> de <1> mandar|enviar|escrever|ligar|perturbar|incomodar|"
    "encher",
    "me deixa|deixe|deixem|deixar em paz",
    "deixa|deixe|deixem me|eu em paz",
    "tire|tira|tirem|remova|remove|removam|apague|apaga|apaguem|exclua|excluam|exclui|delete|"
    "deletem <1> meu|o|esse numero|contato|nome|telefone|celular|whatsapp",
    "me tira|tire|tirem|remova|remove|removam|exclua|excluam <2> lista|grupo|base|cadastro",
    "chega|basta de mensage*|msg*|ligacoes",
};

constexpr std::string_view kDoubt[] = {
    "stop|baja|cancelar|parar|sair|cancelen",
    "dejen de",
    "no mas",
    "no molesten|moleste|molestes|insista*|escriban|escriba|contacte*|llamen|llame",
    "no <1> me|nos " PUNTUAL_SENDS,
    "nao me mande*|envie*",
    "revoc*|revog*",
    "retir*|quit* <3> consentimiento|autorizacion|permiso|consentimento|autorizacao",
    "no|nao autoriz*|autoric*|autoris*",
    "no|nunca doy|di|he <1> permiso|autorizacion|consentimiento|dado|autorizado",
    "bloque*|bloquear*",
    "spam|acoso|hostigamiento|habeas",
    PUNTUAL_OUT "|" PUNTUAL_OUT_ME
                "|apaguem|apague|exclua|excluam <3> datos|dato|informacion|dados",
    "harto|harta|cansado|cansada|cansan|aburrido|aburrida|mamado|fastidiado <4> mensajes|llamadas|"
    "escrib*|molest*|cobros|insist*|msj*|avisos",
    "desafili*|desvincul*",
};

#undef PUNTUAL_WRITES
#undef PUNTUAL_SENDS
#undef PUNTUAL_WRITE_INF
#undef PUNTUAL_WRITING
#undef PUNTUAL_MESSAGES
#undef PUNTUAL_PAPERS
#undef PUNTUAL_OUT_ME
#undef PUNTUAL_OUT
#undef PUNTUAL_LIST

}  // namespace

std::span<const std::string_view> stop_messages() { return kStopMessages; }
std::span<const std::string_view> no_stop() { return kNoStop; }
std::span<const std::string_view> partial_stop() { return kPartialStop; }
std::span<const std::string_view> stop() { return kStop; }
std::span<const std::string_view> doubt() { return kDoubt; }

}  // namespace puntual::conversation::phrases
