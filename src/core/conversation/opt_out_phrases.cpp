#include "core/conversation/opt_out_phrases.h"

namespace puntual::conversation::phrases {
namespace {

// Forms that command or wish; what only reports ("no me escribieron el valor") is not among them.
// Macros, because a phrase is one literal.
#define PUNTUAL_WRITES                                                                          \
  "escriba*|escriva*|contacte*|llame|llames|llamen|llameis|hable|hables|hablen|moleste*|joda*|" \
  "jodas|"                                                                                      \
  "fastidie*|busque*|acose*|hostigue*|insista*|marque|marquen|timbre*|persiga*|mensajee*|chatee*"
#define PUNTUAL_SENDS "mandeis|envieis|mande|mandes|manden|envie|envies|envien|pase|pasen|pongan"
#define PUNTUAL_WRITE_INF                                                                       \
  "escribir*|escrivir*|contactar*|llamar*|hablar*|molestar*|joder*|fastidiar*|buscar*|acosar*|" \
  "hostigar*|insistir*|mandar*|enviar*|marcar*|hinchar*|spam*"
#define PUNTUAL_WRITING                                                                         \
  "escribiendo*|contactando*|llamando*|hablando*|molestando*|jodiendo*|fastidiando*|buscando*|" \
  "acosando*|hostigando*|insistiendo*|mandando*|enviando*"
#define PUNTUAL_MESSAGES                                                                      \
  "mensaje|mensajes|mensajito*|msj*|msg*|mjs*|sms|whatsapp*|whats*|wasap*|guasap*|wpp|wsp|"   \
  "notificacion*|notificac*|aviso|avisos|recordatorio*|lembrete*|comunicaciones|comunicados|" \
  "mensag*|transmissao|messag*|texto|textos|cobros|llamadas|correos|mails"
#define PUNTUAL_PAPERS                                                                        \
  "recibo|recibos|factura|facturas|copia|copias|comprobante*|correo|email|link|links|enlace|" \
  "foto|fotos|pdf|audio|audios|extracto*|estado|boleto|cuenta"
// Any form of reaching somebody, and what reaches them: only behind words that refuse or end it.
#define PUNTUAL_REACHES                                                                            \
  "escrib*|escriv*|escrev*|contact*|contat*|llam*|mand*|envi*|notific*|lleg*|comunic*|lig*|"       \
  "cham*|perturb*|molest*|incomod*|recib*|resib*|reciv*|resiv*|receb*|avis*|record*|lembr*|cobr*|" \
  "mensaj*|"                                                                                       \
  "mensag*|msj*|msg*|whats*|wasap*|sms"
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

// What follows if we go on.
#define PUNTUAL_BOTHERS                                                                      \
  "escrib*|escriv*|escrev*|llam*|molest*|contact*|contat*|acos*|hostig*|fastidi*|jod*|lig*|" \
  "perturb*|incomod*|mensaj*|mensag*|mand*"
#define PUNTUAL_SUES                                                                         \
  "demand*|denunci*|process*|querell*|report*|superintendencia|superfinanciera|sic|procon|"  \
  "profeco|condusef|sernac|indecopi|policia|fiscalia|juez|juzgado|tribunal|abogado|abogada|" \
  "advogado|justica|justicia|tutela"

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
    "stop no",
    "no stop",
    "ya no quiero mas",
    "no molestar",
    "desuscribir",
    "desuscribirme",
    "sair da lista",
    "cancelar envio",
    "remover numero",
    "nao quero",
    "nao mais",
    "parem",
    "dar baixa",
    "bloquear",
    "opt out",
    "optout",
    "quit",
    "bajas",
    "de baja",
    "dar me de baja",
    "anular suscripcion",
    "salirme",
    "quitarme",
    "borrarme",
};

constexpr std::string_view kNoStop[] = {
    // Said of other things in the same words.
    "para nada",
    "pagar|pago|liquidar|abonar ya .",
    "y ya .",
    "que|q|k harto",
    "harto|harta <1> plata|dinero|trabajo|tiempo|gente|caro|frio|calor|lejos",
    "hasta|ate cuando|quando <1> tengo|hay|tenho|dan|queda|tem|va|es <2> plazo|prazo|tiempo|chance",
    "hasta|ate cuando|quando <1> puedo|podria|podemos|posso <1> pagar|pago|abonar|cancelar",
    "se me|nos|le|te olvid*|esquec*",
    "me|nos olvide|olvido|esqueci",
    "perdone|perdon|perdona|disculpe|disculpen|disculpa|pena <3> molestia",
    "no|nao <1> se|sei <1> escrib*|escriv*|escrev*|leer|ler",
    "no|nao escribo|escrevo <2> bien|bem|mucho|muito|rapido|nada|.",
    "no|nao <1> maneja|sabe|usa|mexe|atiende|entiende <3> whatsapp|wasap*|wpp|wsp|zap|mensajes",
    "baja el|la|mi tele|television|internet|linea|servicio|plan|seguro|taller|curso",
    "di|pedi|entregue|carta|solicite|dada|dado|dieron <2> baja",
    "temporada|asistencia baja",
    "baja asistencia|temporada",
    "bloqueos",
    "bloque* <2> conta|carretera|via",
    "para pagar*|cancelar|consignar*|transferir*|depositar*|abonar*",  // A purpose, and no "stop".
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
    "no|nao me|nos|mi llamo|chamo|ha|han|habia|habian|hubieran|hayan|haviam|molesta|incomoda",
    "no|nao <3> cort*|corten <3> servicio|luz|agua|internet|linea|gas|telefono|cable|energia",
    // "¿Cuándo me cortan el servicio?"
    "me|nos|le <2> cort* <3> "
    "servicio|luz|agua|internet|senal|linea|gas|telefono|cable|energia|wifi",
    "me|nos|le <2> cort* .",
    "cortan|cortaron|cortar|cortaran|cortaria|cortarian|cortado <1> el|la|mi "
    "servicio|luz|agua|internet|senal|linea|gas|telefono|cable|energia|wifi",
    "no|nao <1> me|nos cobr* <3> "
    "interes*|juros|comision*|mora|recargo*|doble|dos|multa*|tanto|taxa*|iva|gastos",
    // Ending something else: a bill, a service, an illness. "Cancelar" is mostly to pay.
    "cancel*|para*|quit*|borr*|elimin*|sac*|tir*|retir*|exclu*|anul*|deten*|baix* <1> "
    "esa|esta|este|ese|essa|esse|la|el|a|o|mi|minha|meu|las|los|aquella|dicha <1> "
    "factura*|cuenta|cuentas|cuota*|deuda*|boleto*|cobro|cobros|recibo*|multa*|recargo*|conta|"
    "fatura*|parcela*|cargo*|"
    "interes*|saldo|monto|mora|pago|debito*|servicio*|plan|plano|linea|contrato|matricula|"
    "descuento*|reporte|total|"
    "mensualidad*|poliza|seguro|prestamo|credito|tarjeta",
    "cancelar|cancelo|cancele|cancelare|cancelamos|cancelaria|cancelarle|cancelarles <3> "
    "hoy|manana|amanha|ayer|lunes|martes|miercoles|jueves|viernes|sabado|domingo|quincena|mes|fin|"
    "todo|mitad|parte|cuota|"
    "cuotas|factura|deuda|saldo|efectivo|banco|caja|transferencia|plata|internet|matricula|plano|"
    "plan|servicio|parcela|conta|"
    "semana|pension|arriendo|mensualidad|contrato|cuenta",
    "donde|cuando|cuanto|onde|quando|horario|hora <4> cancelar|cancelo",
    "dar|dado|dieron|dan|das|dando|di|doy|demos|diera|dio|pedir|solicitar|den|deu <2> de "
    "baja|baixa <4> "
    "servicio|plan|internet|cuenta|gimnasio|linea|contrato|trabajo|seguro|tarjeta|suscripcion|"
    "colegio|cable|membresia|"
    "matricula|equipo|telefono|luz|agua|modem|boleto|conta|plano",
    "me|nos|le|lo|ya dieron|dio|han de baja",
    "dieron|dio|dado de baja",
    "baja|baje|bajen|bajar|baixa|baixe de|el|la|los|un|una|del|o|a|poco <1> "
    "presion|azucar|monto|cuota|precio|tarifa|interes|intereses|valor|deuda|sueldo|tension|"
    "temperatura|total|recargo|mora|mucho",
    "baja medica|laboral|de presion|maternal|temporal",
    "de baja por|en|medica|laboral <2> "
    "enfermedad|maternidad|trabajo|paternidad|hospital|accidente|*",
    "la baja de|del *",
    "vou|voy|vamos|va|ia|iba|a|para|depois|despues|acabo|acabei|quando|al|antes <2> "
    "salir|sair|salgo|saio <1> "
    "do|del|de|da|a|para|temprano|tarde|cedo",
    "salir|sair de|del|do|da <1> "
    "trabajo|trabalho|casa|clase|viaje|aula|hospital|cidade|ferias|reunion|mora|divida|deuda|"
    "problema|apuro|apuros|esto|dicom|buro|serasa",
    "par*|stop <2> debito|debitos|pago|payment|servicio|corte|descuento|obra|maquina|desconto",
    "no|nao|nunca <1> paro|para|paramos",
    "no <1> me|nos " PUNTUAL_SENDS " <2> " PUNTUAL_PAPERS " por|al|a <2> *",
    "no|nao|aun|todavia|ainda <2> me|nos "
    "llego|llega|llegaron|chegou|mandaron|enviaron|mandou|enviou|avisaron",
    "puse|escribi|mande|coloquei|escrevi|respondi|conteste <2> baja|stop|sair <2> "
    "error|engano|erro|equivocacion",
    "mas|mais|ya|muy|muito tarde|tranquilo|tranquila",
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
    "paran|cese|cesen|basta|terminen|acaben <1> de|d <2> " PUNTUAL_WRITE_INF,
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
    "no <1> rompan|rompas|rompa <2> bolas|pelotas|huevos|cocos",
    "deja|deje|dejen|dejad|para|pare|paren|basta <1> de|d <1> romper*|inflar* <2> "
    "bolas|pelotas|huevos|cocos|paciencia",
    // "Si me vuelven a escribir los demando."
    "si|se <1> me|nos <1> vuelv*|volv*|volt*|torn*|sigu*|sig*|continu*|insist* <1> " PUNTUAL_BOTHERS
    " <4> " PUNTUAL_SUES,
    "si|se <1> me|nos " PUNTUAL_BOTHERS " <4> " PUNTUAL_SUES,
    "me|nos siguen|sigue|sigues|seguem|continuam|vuelven <1> " PUNTUAL_BOTHERS " <4> " PUNTUAL_SUES,
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
    "tire|tira|tirem|retire|retira|retirem|quitem|remova|remove|removam|apague|apaga|apaguem|"
    "exclua|excluam|exclui|delete|"
    "deletem <1> meu|o|esse numero|contato|nome|telefone|celular|whatsapp",
    "me tira|tire|tirem|remova|remove|removam|exclua|excluam <2> lista|grupo|base|cadastro",
    "chega|basta de mensage*|msg*|ligacoes",
    // Refusing in any words: "no quiero q me sigan escribiendo", "solicito no ser contactado".
    "no|nao|n|nunca <2> "
    "quiero|kiero|qiero|quiere|deseo|quisiera|quero|kero|desejo|gostaria|autorizo|permito|acepto|"
    "aceito|consiento|queremos|queria|pretendo|necesito|preciso|me <1> "
    "interesa|que|q|k|ke|seguir|continuar|me|mas|mais|"
    "volver|ser|estar|tener|ter|de <4> " PUNTUAL_REACHES,
    "no|nao|n|nunca <1> "
    "quiero|kiero|qiero|deseo|quisiera|quero|desejo|autorizo|permito|acepto|"
    "aceito " PUNTUAL_REACHES,
    "no|nao|n|nunca <1> me|mi|m|nos|te <1> " PUNTUAL_REACHES " <4> mas|mais|nunca|jamas",
    "no|nao|n <1> mand*|envi*|escrib*|escrev*|contact*|contat*|llam*|lig*|cham* <3> mas|mais",
    "no|nao|n <2> sig*|continu*|est* " PUNTUAL_REACHES,
    "no|nao|n <1> entr* <2> contacto|contato",
    "no|nao|n <1> vuelv*|volt*|volv*|torn* <2> a <2> " PUNTUAL_REACHES,
    "no|nao|n <1> mas|mais " PUNTUAL_REACHES,
    "no|nao <1> ser|sea|seja|seguir|continuar "
    "contactad*|contatad*|molestad*|llamad*|notificad*|incluid*|incomodad*",
    "abstener*|absten*|abster* <2> de <4> " PUNTUAL_REACHES,
    "solicito|pido|exijo|requiero|peco|solicitamos|pedimos|ruego|agradeceria|quiero|quero|deseo|"
    "quisiera <5> "
    "cese*|cesar|suspend*|interrump*|elimin*|retir*|remov*|exclu*|borr*|sac*|quit*|baja|parar|"
    "detener <5> " PUNTUAL_LIST
    "|celular|telefono|telefone|contacto|contato|envio|envios|comunicac*|" PUNTUAL_MESSAGES,
    "cese*|suspend*|interrump*|cancel*|desactiv*|desativ*|anul*|deten*|elimin*|pausen|par*|acab*|"
    "termin* <3> "
    "envio|envios|comunicaciones|contacto|suscrip*|inscri*|assinatura|lembrete*|" PUNTUAL_MESSAGES,
    "revoco|revogo|retiro|revocar|revogar|cancelo|anulo <3> autoriz*|consent*|permiso|permissao "
    "<4> " PUNTUAL_REACHES,
    "salir|sair|salirme|retirar*|excluir*|borrar*|sacar*|remover <3> "
    "lista|listas|grupo|transmissao|difusion|base|cadastro",
    "deje*|deja|dejad|pare*|par|parem|para|basta|termine*|corten|corte|cesen|cese|dejar|parar <2> "
    "de|d|con|com <3> " PUNTUAL_REACHES,
    "me desuscrib*|desinscri*|descadastr*|desvincul*",
    "desuscrib*|desinscrib*|desinscrev*|descadastr*|dessuscrib*",
    "no|nao|n <2> " PUNTUAL_REACHES
    " este|esse|este|a <1> numero|celular|telefono|whatsapp <2> mas|mais|.",
    "no <1> me <1> vuelv*|molest*|fastidi*|acos*|busqu*|llam* <3> mas|nunca|jamas|.",
    "dejen|deje|deja|dejame|dejenme|me deixa|deixem|deixe <1> de mandar|molestar|cobrar|escribir",
    "ejerzo|ejercer|ejercito <4> derecho|derechos <3> oposicion|supresion|cancelacion",
    "me opongo|oponho",
    "listado|lista|base <3> no llamar|contactar|molestar",
};

constexpr std::string_view kDoubt[] = {
    "stop|baja|cancelar|parar|sair|cancelen",
    "dejen de|d",
    "si|se <1> me|nos <1> vuelv*|volv*|volt*|sigu*|sig*|continu* <1> "
    "escribir*|escrivir*|escribiendo*|llamar*|llamando*|molestar*|molestando*|joder*|jodiendo*|"
    "acosar*|acosando*|hostigar*|hostigando*|fastidiar*|escrev*|ligar|ligando|perturb*",
    "no mas",
    "no molesten|moleste|molestes|insista*|escriban|escriba|contacte*|llamen|llame",
    "no <1> me|nos " PUNTUAL_SENDS,
    "nao me mande*|envie*",
    "revoc*|revog*",
    "retir*|quit* <3> consentimiento|autorizacion|permiso|consentimento|autorizacao",
    "no|nao autoriz*|autoric*|autoris*",
    "no|nunca|jamas|nao <2> doy|di|dimos|dei|dou|he|tienen|tiene|tem|tienes|hemos <2> "
    "permiso|autorizacion|consentimiento|"
    "permissao|autorizacao|consentimento",
    "no|nunca doy|di|he <1> permiso|autorizacion|consentimiento|dado|autorizado",
    "bloque*|bloquear*",
    "spam|acoso|hostigamiento|habeas",
    PUNTUAL_OUT "|" PUNTUAL_OUT_ME
                "|apaguem|apague|exclua|excluam <3> datos|dato|informacion|dados",
    "harto|harta|enfermo|enferma|cansado|cansada|cansan|aburrido|aburrida|mamado|fastidiado <4> "
    "mensajes|llamadas|"
    "escrib*|molest*|cobros|insist*|msj*|avisos",
    "desafili*|desvincul*",
    "cans*|jarto|jarta|harto|harta|hartos|hartan|podrido|podrida|cansei|enjoei|enchi|encheu|saco|"
    "chatos|chato|"
    "fastidi*|pesados|pesado|intensos|intenso|intensa|insistentes|molestos|cargosos|latosos|"
    "ladilla*|pesadas|odio|odioso",
    "suficiente|enough|demasiado|demasiados",
    // Another way to be reached.
    "whatsapp*|whats|wasap*|guasap*|wpp|wsp|zap|mensajes no|nao",
    "no|nao|nada <1> por|x|de|en|pelo|no <1> whatsapp*|whats|wasap*|guasap*|wpp|wsp|zap|aqui|aca",
    "solo|so|solamente|unicamente|mejor|apenas|prefiero|prefiro|preferiria <2> "
    "por|x|al|a|via|en|mi|pelo|um|un <2> "
    "correo|email|mail|carta|telefono|telefone|llamada|ligacao|sms|escrito",
    "prefiero|prefiro|preferiria <1> correo|email|llamada|llamadas|carta|que <1> me <1> *",
    "ya <1> estuvo|bueno|basta|fue|paren|pare|dejen|deje|cort*|parenle|callense|deu",
    "ya|ay|uy ya",
    "ya .",
    "cort* la|el|con|.",
    "cortenla|cortala|cortela|cortala|cortenle|parenla|parele|parenle|aflojen|afloje|relajen|"
    "relaje|calmense|calma",
    "para|pare|parem|paren|deixa|chega|basta|larga|larguem|acaba <1> "
    "com|con|disso|eso|esto|isso|ya|.|ja|logo",
    "ja deu|chega|basta|cansou",
    "da|me|dame|denme|deem|deme|me <1> um|un|deja|deixa|esquece*|olvid*|larg*|paz|respiro "
    "tempo|tiempo|respiro|paz|em|en|.",
    "me esquece*|erra*|largu*|larga|deixa|deixem",
    "otra|outra vez|ves <2> ustedes|vos|voces|con|mesmo|mismo",
    "hasta|ate cuando|quando",
    "tanto|tantos|tanta|tantas|muchos|muitas <2> " PUNTUAL_REACHES,
    "todos|todo|cada|toda <2> dias|dia|rato|hora|semana <4> " PUNTUAL_REACHES
    "|mismo|mesmo|ustedes|voces",
    "me|nos tienen|tiene|tenes|tienes <2> "
    "harto|harta|cansado|loco|loca|podrido|hasta|cabreado|mamado",
    "no|nao <1> "
    "frieg*|chingu*|jod*|mamen|manches|inventen|enche*|ench*|rompa*|hinch*|insist*|persig*",
    "dejen|deje|dejenme|dejeme|dejame|deixa|deixem|deixe <2> "
    "eso|esto|isso|fastidio|joda|jodedera|fregar|chingar|joder|quieto|en|em",
    "que|q|tan|muy|muito|bem|bien|son|sao|cada <1> "
    "cansones|fastidio|pereza|mamera|lata|insistencia|acoso|saco|inferno|"
    "intensidad|jodedera|molestia|chatice|insoportables|fastidiosos|joda|hinchas|ladillas|"
    "insistidores",
    "ni <1> semana|dia|hora|momento|descanso",
    "callense|callate|calla|cala|calem|silencio|shh",
    "no|nao <2> quiero|quero|voy|vou <2> nada|hablar|saber|falar|ver",
};

#define PUNTUAL_REACH_LOOSE                                                                     \
  "escrib*|escriv*|escrev*|mand*|envi*|contact*|contat*|molest*|incomod*|perturb*|llam*|ligu*|" \
  "ligar*|mensaj*|mensag*|"                                                                     \
  "msj*|msg*|whats*|wasap*|guasap*|wpp|notific*|notifiq*|sms|recordatorio*|avis*"

constexpr std::string_view kLooseDoubt[] = {
    "no|nao|n|nunca|jamas|tampoco|ni|sin|sem|nada <4> " PUNTUAL_REACH_LOOSE,
    "basta|dejen|dejad|deje|pare|paren|parem|cesen|cese|terminen|deixem|deixe|chega de *",
    "basta",
    "whats*|wasap*|wpp|mensajes|mensagens|zap no|nao|nunca|tampoco",
};

constexpr std::string_view kOtherMatter[] = {
    "factura*|fatura*|recibo*|boleto*|cuenta|cuentas|conta|contas|servicio*|luz|agua|gas|internet|"
    "plata|dinero|dinheiro|pago|"
    "pagos|pagamento*|comprobante*|link|links|enlace|valor|monto|total|saldo|codigo|pix|extracto*|"
    "desprendible|plan|plano|"
    "copia|foto|pedido|producto*|tecnico*|cobrador*|interes*|juros|cuota*|parcela*|numeros|datos|"
    "tarjeta|banco|pdf|app|"
    "clave|contrato|cobro|correo*|deuda",
};

constexpr std::string_view kNoLooseDoubt[] = {
    "no|nao|nunca|ni|nadie <3> "
    "escribio|escribieron|escribi|escribiste|escrito|mandaron|mandado|mandaste|mandou|mandei|envio|"
    "enviaron|enviado|enviou|enviei|contactado|contactaron|llamado|llamaron|llamaste|llegado|"
    "avisaron|aviso|avisado|"
    "notificaron|notificado|contestan|contesto|contestaron|llamo|chamo",
    "no|nao <2> "
    "puedo|pude|pudo|podia|posso|podido|consigo|consegui|logro|logre|alcanzo|alcance|entiendo|"
    "entendi|entendo|"
    "visto|recibi|recebi|recibo|veo|vi|encuentro|tengo|tenho|tenia|leo|lei|abre|abren|sirve|"
    "funciona|llega|llegan|llego|chegou|"
    "aparece|carga|olvid*|esquec*|dude*|tarde*|demore*|importa|preocup* <4> " PUNTUAL_REACH_LOOSE,
    "si|se|hasta|ate|mientras|aunque|cuando|sino <1> no|nao <3> " PUNTUAL_REACH_LOOSE,
    "por|pq|xq|porq que|q <1> no|nao <2> " PUNTUAL_REACH_LOOSE,
    "porque no|nao <2> " PUNTUAL_REACH_LOOSE,
    "no|nao hay|ha|tengo|tem problema|problemas|inconveniente|afan|prisa|apuro",
    "no|nao|nunca <3> deje|dejen|dejes|dejar|deixe|deixem de *",
    "no|nao <1> me|nos|mi molesta|incomoda",
    "me llamo|chamo",
};

#undef PUNTUAL_REACH_LOOSE

constexpr std::string_view kBackInMessages[] = {
    "alta",
    "dar de alta",
    "darme de alta",
    "quiero alta",
    "activar",
    "reactivar",
    "ativar",
    "reativar",
    "start",
    "voltar",
    "volver",
    "quiero volver",
    "quero voltar",
    "suscribir",
    "suscribirme",
    "inscribirme",
    "reanudar",
    "si quiero recibir mensajes",
    "si acepto mensajes",
    "sim quero receber",
    "unstop",
    "subscribe",
    "retomar",
};

constexpr std::string_view kBackIn[] = {
    "pueden|puede|puedes|podes|podeis|pode|podem|quiero|quisiera|quero|deseo|gostaria|autorizo|"
    "queremos|queria|me <3> "
    "volver|voltar|retomar a <2> " PUNTUAL_REACHES,
    "vuelvan|vuelva|vuelve|volve|volved|voltem|volte <1> a <2> " PUNTUAL_REACHES,
    "reactiv*|reativ*|activen|active|activa|habilit*|reanud*|retom* <3> "
    "notificac*|recordatorios|" PUNTUAL_MESSAGES,
    "pueden|puede|puedes|podes|pode|podem|autorizo|acepto|aceito|quiero|quero|quisiera|deseo|"
    "permito <4> " PUNTUAL_REACHES " <5> nuevo|nuevamente|novamente|novo|vez",
    "autorizo|acepto|aceito|quiero|quero|deseo|permito <3> nuevo|nuevamente|novamente|novo|vez "
    "<4> " PUNTUAL_REACHES,
    "de nuevo|novo quiero|quero|acepto <3> " PUNTUAL_REACHES,
    "me <1> "
    "coloca|coloquem|coloque|ponga|pongan|agreguen|agregue|inscriban|adiciona|adicionem|incluyan|"
    "inclua|poe <3> "
    "lista|grupo|cadastro|avisos",
    "agreguenme|agregueme|ponganme|incluyanme|suscribanme|inscribanme|sumenme <4> "
    "lista|avisos|nuevo|vez|mensajes",
    "si|sim <1> quiero|quero|deseo|acepto <3> sigan|siga|sigas|continu*|seguir|receb*|recib* "
    "<2> " PUNTUAL_REACHES,
    "si|sim "
    "mandenme|mandeme|mandame|escribanme|escribame|escribime|avisenme|aviseme|avisame|envienme|"
    "envieme",
    "darme|deme|denme|dame|dar de alta",
};

#undef PUNTUAL_WRITES
#undef PUNTUAL_SENDS
#undef PUNTUAL_WRITE_INF
#undef PUNTUAL_WRITING
#undef PUNTUAL_MESSAGES
#undef PUNTUAL_PAPERS
#undef PUNTUAL_REACHES
#undef PUNTUAL_OUT_ME
#undef PUNTUAL_OUT
#undef PUNTUAL_LIST
#undef PUNTUAL_SUES
#undef PUNTUAL_BOTHERS

}  // namespace

std::span<const std::string_view> stop_messages() { return kStopMessages; }
std::span<const std::string_view> no_stop() { return kNoStop; }
std::span<const std::string_view> partial_stop() { return kPartialStop; }
std::span<const std::string_view> stop() { return kStop; }
std::span<const std::string_view> doubt() { return kDoubt; }
std::span<const std::string_view> loose_doubt() { return kLooseDoubt; }
std::span<const std::string_view> other_matter() { return kOtherMatter; }
std::span<const std::string_view> no_loose_doubt() { return kNoLooseDoubt; }
std::span<const std::string_view> back_in_messages() { return kBackInMessages; }
std::span<const std::string_view> back_in() { return kBackIn; }

}  // namespace puntual::conversation::phrases
