#include "core/conversation/grave_words.h"

#include "core/conversation/grave_list.h"

namespace puntual::conversation {
namespace {

constexpr std::string_view kDeath[] = {
    "fallec*",
    "falec*",
    "murio",
    "murieron",
    "morreu",
    "morreram",
    "difunt*",
    "finado",
    "finada",
    "finadito",
    "finadita",
    "defunt*",
    "q e p d",
    "qepd",
    "q d e p",
    "qdep",
    "descanse|descansa|descansando en paz",
    "descanse|descansa em paz",
    "esta|estan muerto|muerta|muertos|morto|morta",
    "ya no esta|estan con|entre nosotros",
    "ya no esta en este mundo",
    "mais entre nos",
    "acab* de morir|fallecer",
    "lo|la|le|los enterramos|enterraron|sepultamos|sepultaron|cremamos",
    "certidao|atestado de obito",
    "perdi|perdimos|perdio a mi|nuestro|nuestra|su|o|meu|minha "
    "mama|papa|madre|padre|esposo|esposa|hijo|hija|hermano|hermana|abuelo|abuela|pai|mae|filho|"
    "filha|marido",
    "perdio la vida",
    "partio de este mundo",
    "acta|certificado|registro de defuncion",
    "ya|ha muerto",
    "viuda|viudo|viuva|viuvo de|del|do|da",
    "la|el viuda|viudo",
    "a viuva",
    "o viuvo",
    "enterrar|enterramos|enterre|enterraron|enterrou|entierro|enterro|sepelio|velorio|funeral|"
    "exequias",
    "se|nos|me fue|fueron <1> cielo",
    "partio|partiu|fue|foi|esta con|com <1> dios|diosito|deus",
    "foi para|pro <1> ceu",
    "partio a la <2> presencia|eternidad",
    "ya no vive|viven",
    "no vive mas",
    "ja nao vive",
    "esposo|esposa|marido|mujer|mama|papa|madre|padre|hijo|hija|hermano|hermana|abuelo|abuela|"
    "senor|senora <1> se nos fue",
    "meu|minha pai|mae|marido|esposo|esposa|filho|filha nos deixou"};
#define THINGS                                                                                 \
  "computador*|compu|celular*|telefono*|cel|pc|carro*|auto|moto*|negocio*|empresa|tienda|"     \
  "internet|senal|router|modem|equipo*|"                                                       \
  "bateria*|linea|televisor*|tv|tele|perro*|perra|perrito|perrita|gato*|gata|gatito|mascota*|" \
  "portatil|laptop|tablet|nevera|wifi|cable|pantalla|aparato|decodificador|motor|app"
constexpr std::string_view kOfThings[] = {
    "murio|murieron|morreu <2> " THINGS, THINGS " <2> murio|murieron|morreu",
    THINGS " <2> muerto|muerta|morto|morta",
    "perro*|perra|perrit*|gato*|gata|gatit*|mascota* <6> murio|murieron|morreu",
    "murio|morreu de risa|hambre|frio|verguenza", "murio el|la tema|asunto|conversacion",
    THINGS " difunto|difunta|fallecio",
    "esta muerto|muerta|morto|morta el|la|o|a "
    "jale|trabajo|negocio|venta|cosa|calle|movimento|comercio",
    "dia <2> difuntos|muertos",
    "peluqueria|calle|venta|ventas|movimento esta muerto|muerta|morto|morta",
    "muerto|muerta de <1> risa|hambre|frio|cansancio|sueno|verguenza|miedo|calor",
    "seguro|plan|poliza|servicio|servicios|auxilio|cuota|pago|factura <3> "
    "funeral|exequias|sepelio|entierro",  // What some of them sell.
    "enterrar|entierro|enterrando en|con|de|me <2> deudas|intereses|cuotas",
    // Who has moved lives elsewhere.
    "aqui|aca|alli|ahi|ahy|casa|direccion|conmigo <4> ya no vive|viven",
    "no vive|viven <4> aqui|aca|alli|ahi|en|con|conmigo|ahora|por", "aqui|aca <3> no vive mas",
    "aqui|ca <4> ja nao vive", "ja nao vive <1> aqui|ca|em|com|nesta|neste",
    "se nos fue a|para|pa|con|del|de", "nos deixou na|o|a|um|uma|este|esse|sem"};
#undef THINGS

constexpr std::string_view kDanger[] = {
    "suicid*",
    "me|nos <1> voy|vou|vamos|quiero|quero|van|vao|va|vai|queria <1> a <1> matar|matarme",
    "voy|vou|quiero|quero|quisiera|pienso|penso <1> "
    "matarme|ahorcarme|ahorcar|envenenarme|colgarme|me matar|enforcar",
    "me voy a|quiero tirar|aventar|lanzar de un|del|al|desde",
    "voy|quiero|quisiera a <1> tirarme|aventarme|lanzarme|tirar",
    "me <1> mato|ahorco|mataria|envenenare|matare|suicido",
    "quitar|quitarme|acabar|acabo|terminar|tirar|tirando con|la|a|minha|mi <2> vida",
    "no|nao <1> quiero|quero|deseo|aguanto|aguento|soporto|suporto <2> vivir|viver",
    "nao quero mais acordar|existir",
    "quisiera|quiero|ojala|prefiero|queria|quero|preferia|dormir <2> no|nao <1> "
    "despertar|despertarme|acordar",
    "no|nao <1> quiero <1> despertar|despertarme|existir",
    "ganas|vontade de <1> desaparecer|sumir|morrer",
    "quiero|quisiera|quero|queria <1> desaparecer",
    "no|nao <3> veo|vejo|encuentro|encontro <2> sentido <2> nada|vida|vivir|viver|seguir",
    "vida|vivir|viver <2> no|nao <1> tiene|tem|vale <3> sentido|nada|pena",
    "mejor|melhor <1> estar|estaria|estaba muerto|muerta|morto|morta",
    "quiero|quisiera|quero|queria|prefiero|prefiro|ojala <1> morir|morirme|morrer|muriera|muera",
    "ganas de morir|morirme",
    "no|nao <1> tengo|tenho <1> ganas|motivos|razones de|para vivir|viver",
    "hacerme|hacer <1> dano",
    "acabar|terminar con todo",
    "amenazaron|amenazan|amenazado|amenazada <2> muerte|matar",
    "ameacaram|ameacado <2> morte|matar"};
constexpr std::string_view kNotDanger[] = {
    "morir|morirme|morrer de <1> risa|verguenza|pena|hambre|calor|frio|amor",
    "seguro|seguros <2> vida",
    "acabar|terminar con todo el|la|lo|los|este|esta|mi",
    "hacerme|hacer dano a|en <2> equipo|credito|historial|bolsillo|reporte",
    "no|nao quiero <1> vivir aqui|aca|alli|ahi|en|con|endeudad*",
    "desaparecer esa|esta|ese|este|la|el|las|los|de|essa|a|o <2> "
    "deuda|deudas|divida|lista|sistema|cobro|mensajes|numero"};

#define SERVICE                                                                                 \
  "internet|interne|inter|servicio|senal|router|ruter|modem|wifi|guifi|cable|television|fibra|" \
  "decodificador|sinal|servico|roteador|conexion|conexao"
#define WORKS                                                                                    \
  "sirve|sirvio|servido|sirviendo|funciona|funciono|funcionado|funcionando|funcionar|funcionou|" \
  "funcione|anda|andado|andando|llega|llego|llegado|prende|conecta|carga|presta|prestaron|pega|" \
  "pegou|serve"
#define REPAIR                                                                                     \
  "arreglan|arreglen|arregle|arreglaron|reparan|reparen|repare|reconecten|conecten|instalen|"      \
  "instale|solucionen|solucione|resuelvan|reestablezcan|restablezcan|arrumem|arrumarem|consertem|" \
  "consertarem|resolvam|resolverem|normalicen|vengan|venga"
#define PAY "pago|pagar|pagare|pagamos|pagarles|pagarle|pagarei|abono|cancelo"
constexpr std::string_view kWithheld[] = {
    "no|nao|nunca <2> " WORKS "|recibo|recibi|recibido|recebo|recebi|mandaron <2> " SERVICE,
    SERVICE " <3> no|nao|nunca <2> " WORKS,
    SERVICE " <2> fallando|falla|caido|caida|intermitente|danado|danada",
    "sin|sem|tengo|hay|tenho <1> " SERVICE
    " <1> hace|desde|hoy|ya <2> dias|semanas|meses|mes|semana",
    "llevo|llevamos|hace|faz <4> sin|sem " SERVICE,
    "hasta|ate <1> que|q|k <3> " REPAIR " <4> no|nao|nada|ni <2> " PAY "|peso",
    "no|nao <3> " PAY " <3> hasta|ate <1> que|q|k <3> " REPAIR "|funcione|sirva",
    "hasta|ate que|q <3> " REPAIR " <2> " SERVICE,
    PAY " <2> cuando|quando|apenas <3> " REPAIR " <2> " SERVICE,
    "cuando|quando|apenas <2> " REPAIR " <2> " SERVICE " <3> " PAY,
    "cuando|quando|apenas <2> " SERVICE " <2> funcione|sirva|funcionar|voltar <4> " PAY,
    PAY " <2> por|pelo|pela <3> servicio|servico|internet <2> que|q no|nao"};
// Of a thing of their own, of how one pays, and of a service that was cut off since it was not
// paid.
constexpr std::string_view kNotWithheld[] = {
    "arregl*|repar*|soluc* <2> "
    "carro|moto|celular|telefono|computador|coche|auto|casa|trabajo|nomina|sueldo|plata",
    SERVICE " <1> de <2> pago|pagos|pse|nequi|bancolombia|atencion|cliente",
    "sin|sem <1> " SERVICE " <4> cortaron|cortado|suspendido|suspendieron|cortaram|pagar|pagado",
    "cortaron|cortado|suspendieron|cortaram <3> " SERVICE};
#undef PAY
#undef REPAIR
#undef WORKS
#undef SERVICE

constexpr std::string_view kInsolvency[] = {
    "quiebra|bancarrota|falencia|insolvencia|insolvente",
    "concurso mercantil|preventivo|civil|concursal",
    "concurso de|con <1> acreedores",
    "estoy|entre|entro|estamos|entramos en|a concurso",
    "proceso|procedimiento concursal",
    "reorganizacion empresarial|judicial",
    "reorganizacion de <2> deudas",
    "acuerdo de reorganizacion",
    "entro|entramos|entra en|a reorganizacion|liquidacion",
    "liquidacion voluntaria",
    "juez|jueza|notaria|conciliacion|centro|admitio|acepto|aceptaron|admitieron <4> negociacion de "
    "deudas",
    "liquidacion patrimonial|judicial",
    "recuperacao judicial",
    "superendividamento|superendividado|superendividada",
    "ley 20720|1564|1116|2445",
    "negociacion|renegociacion|negociacao|renegociacao|repactuacao de <1> deudas|dividas|pasivos",
    "superir",
    "centro|audiencia de conciliacion"};
constexpr std::string_view kNotInsolvency[] = {
    "casi <1> en quiebra|bancarrota", "borde de <2> quiebra|bancarrota",
    // With us: that is a plan.
    "quiero|quisiera|quisieramos|puedo|podemos|podria|podriamos|hacer|hago|necesito|quero|queria|"
    "posso|fazer|ofrecen|ofrece|tienen <2> negociacion|renegociacion|negociacao|renegociacao de "
    "<1> deudas|dividas"};

constexpr std::string_view kIllness[] = {
    "uci|uti|cti|quirofano|hospitalizad*|hospitalizaron|internado|internada|internados|internaron|"
    "internar|internei|internou",
    "cuidados|terapia|tratamiento|tratamento intensivos|intensiva|oncologico",
    "estoy|esta|estamos|sigo|estou|ta|to|tou|estao|ingreso|ingresaron <3> "
    "hospital|clinica|urgencias|sanatorio|policlinico|pronto",
    "me|lo|la|le|nos <3> operan|operaron|operar|operarme|opero|operaram",
    "cirugia|cirurgia|quimio*|quimioterapia|radioterapia|cancer|tumor|leucemia|infarto|infartado|"
    "derrame|acv|avc|trombosis|dialisis",
    "tuve|tuvo|tuvimos|sufri|sufrio|sofri|sofreu|tive|teve <2> accidente|acidente|infarto",
    "me accidente|accidentado|accidentada",
    "estoy|esta|sigo|estamos|estou|ta|toy|to|tou|anda|ando <2> "
    "enfermo|enferma|enfermos|doente|grave|delicado|delicada|convaleciente|incapacitado|"
    "incapacitada"};
// What they earn their living with, what they are asked to pay, and weariness.
constexpr std::string_view kNotIllness[] = {
    "trabajo|trabaja|trabajando|trabalho|trabalha|laboro|turno <4> "
    "hospital|clinica|urgencias|uci|uti|quirofano",
    "enfermo|enferma|doente de <2> mensajes|cobros|llamadas|mensagens",
    "factura|cuenta|cobro|cobran|valor|saldo|debo|pago|pague|pagar|fatura|conta|devo <4> "
    "hospital|clinica|cirugia|cirurgia|urgencias|operacion|uci|hospitalizad*|hospitalizacion",
    "estoy|esta|estou <3> no|en la clinica pagando",
    "seguro|seguros|poliza|plan <3> cancer|accidente|accidentes|vida",
    "situacion|cosa|economia <2> grave|enferma"};

#define CHILD_YEARS                                                                             \
  "5|6|7|8|9|10|11|12|13|14|15|16|17|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|" \
  "quince|dieciseis|diecisiete"
#define CHILD                                                                                      \
  "hijo|hija|hijito|hijita|nieto|nieta|sobrino|sobrina|hermanito|hermanita|nino|nina|filho|filha|" \
  "neto|neta|crianca|menor"
constexpr std::string_view kChild[] = {
    "soy|sou|es|e <2> menor de edad|idade",
    "sou de menor",
    "soy|sou|es un|una|uma|um nino|nina|crianca",
    "habla|hablas|hablando con un|una nino|nina|menor",
    "tengo|tenho " CHILD_YEARS " anos|anitos|aninhos",
    "celular|telefono|cel|numero|whatsapp|linea|chip|telefone <4> " CHILD " <2> " CHILD_YEARS
    " anos|anitos",
    "usa|tiene|maneja|contesta <2> " CHILD " <2> " CHILD_YEARS " anos|anitos",
    "celular|telefono|cel|numero|whatsapp|linea|telefone es|e de|del|do <2> menor de edad|idade"};
// Years that somebody has been something.
constexpr std::string_view kNotChild[] = {
    "no|nao soy|sou|es <2> menor de edad|idade",
    "tengo|tenho " CHILD_YEARS
    " anos|anitos "
    "de|com|con|pagando|pagandoles|trabajando|trabalhando|viviendo|siendo|en|em|aqui|usando|que|"
    "sin|sem|como|casado|casada|desempleado|desempleada|separado|separada|comprando|afiliado|"
    "afiliada|esperando|cliente"};
#undef CHILD
#undef CHILD_YEARS

constexpr std::string_view kStolenName[] = {
    "robaron|robo|clonaron|clono|suplantaron|suplanto|usurparon|falsificaron|roubaram|clonaram|"
    "falsificaram <3> identidad|identidade|cedula|documento|cpf|firma|nombre",
    "suplantacion|robo|usurpacion|roubo de <1> identidad|identidade",
    "me|nos suplantaron|clonaron|suplanto",
    "sacaron|saco|pidieron|abrieron|hicieron|fizeram|pegaram <4> a|no|con|en|em mi|meu "
    "nombre|nome"};
constexpr std::string_view kNotStolenName[] = {"me clonaron <2> tarjeta|whatsapp|celular|cartao"};

#define MIGHT                                                                                  \
  "van|va|vas|iban|iran|pueden|puede|puedes|podes|podrian|podria|vao|vai|podem|pode|poderiam|" \
  "quieren|piensan"
#define CONTACTS                                                                            \
  "jefe|jefa|trabajo|familia|familiares|mama|papa|padres|esposa|esposo|marido|mujer|hijos|" \
  "hermanos|referencia|referencias|vecinos|patron|patrona|empresa|conocidos|"               \
  "amigos|contactos|chefe|patrao|trabalho|mae|pai|vizinhos|parentes|filhos"
#define REGISTER                                                                                \
  "datacredito|transunion|cifin|buro|serasa|spc|infocorp|veraz|dicom|equifax|centrales|carcel|" \
  "lista"
constexpr std::string_view kFear[] = {
    MIGHT
    " <3> "
    "embargar*|penhorar|demandar*|denunciar*|procesar*|processar|reportar*|negativar|boletinar*|"
    "rematar*|desalojar*|despejar|encarcelar*|prender|arrestar*|bloquear*|suspender*|cortar*",
    MIGHT " <3> quitarme|sacarme|quitarnos|sacarnos|llevarse|llevarme",
    "me|nos <2> " MIGHT
    " <1> a <1> quitar|sacar|llevar <2> "
    "casa|casita|carro|moto|auto|vehiculo|cosas|muebles|sueldo|salario|pension|bienes",
    MIGHT
    " <1> tomar|tirar|levar|pegar <1> minha|meu|meus|minhas casa|carro|moto|salario|bens|coisas",
    MIGHT
    " <3> llamar*|contar*|decir*|avisar*|escribir*|hablar*|molestar*|buscar*|ligar|falar "
    "<3> " CONTACTS,
    "voy|vou|puedo|posso|podria|iria <2> ir|parar|terminar|ser|acabar|presa|preso <3> "
    "carcel|preso|presa|cadeia|prision|prisao",
    "me|nos <1> "
    "embargan|demandan|denuncian|reportan|procesan|negativam|processam|embargarian|demandarian",
    "me|nos|mi|meu <2> mandan|meten|ponen|mandam|colocan|mandarian <3> " REGISTER,
    MIGHT " <3> mandar*|meter*|poner*|sujar|colocar <4> nome|nombre|" REGISTER,
    "si|se|cuando <2> no|nao <1> pago|pagar|puedo|posso|cancelo <4> "
    "pasa|pasaria|pasara|acontece|ocurre|sucede|hacen|fazem",
    "que|q|o <2> pasa|pasaria|acontece|sucede <1> si|se <2> no|nao <1> "
    "pago|pagar|puedo|posso|cancelo"};
#undef REGISTER
#undef CONTACTS
#undef MIGHT
// A payment that is told of, and what has been done.
constexpr std::string_view kNotFear[] = {
    "reportar*|avisar*|informar* <2> "
    "pago|pagos|pagamento|consignacion|transferencia|deposito|abono|dano|falla|soporte",
    "ya me|nos reportaron|cortaron|embargaron|demandaron"};

#define SOMEBODY                                                                                   \
  "persona|pessoa|alguien|alguem|asesor|asesora|humano|humana|agente|ejecutivo|ejecutiva|gerente|" \
  "supervisor|supervisora|encargado|encargada|atendente|operador|operadora|"                       \
  "representante|usted|ustedes|vos|voces|voce|funcionario|licenciado|licenciada|senorita|"         \
  "cobranzas"
constexpr std::string_view kAsksForAPerson[] = {
    "hablar|hablo|comunicar|comunicarme|comunico|conversar|charlar|platicar|falar|contactar|"
    "contactarme|atender|atienda|atiendan|atendido|atendida|pase|paseme|pasame|comuniqueme|"
    "comunicame|comunica <4> " SOMEBODY,
    "quiero|quisiera|necesito|podria|podemos|quero|queria|preciso|ocupo|deseo <1> "
    "hablar|conversar|platicar|charlar|falar|hablarles|comunicarme",
    "llamenme|llameme|llamame|llamarme|marquenme|marqueme|marcarme",
    "me <2> llaman|llame|llamen|llamar|llamas|marcan|marquen|marca|ligam|liga|ligar|liguem",
    "necesito|quiero|prefiero|exijo|quero|preciso|hay|tem|quisiera <2> " SOMEBODY,
    "atencion|atendimento humana|humano|personalizada|personal",
    "un|una|com|con|um|uma|otra <1> " SOMEBODY " <1> real|humano|humana|por",
    "a que|cual|qual numero <2> llamo|llamar|ligo|ligar",
    "numero|telefono|telefone|donde|onde <3> llamo|llamar|llamarlos|llamarles|comunicarme|ligar",
    "asesor|asesora|atendente",
    "no|nao <1> se|sei <1> escribir|escrivir|escrever|leer|ler",
    "no|nao escribo|escrevo <2> bien|bem|mucho|muito"};
#undef SOMEBODY

constexpr std::string_view kFormalComplaint[] = {"pqr|pqrs|pqrd|pqrsd|pqrsf|pqrds",
                                                 "libro de reclamaciones|quejas",
                                                 "queja|reclamacion|reclamacao formal"};

#define HERE "aqui|aca|ca|este|whatsapp|wasap|wsp|whats|zap|chat"
#define FAILS                                                                                  \
  "me|se|puedo|pude|puede|deja|aparece|llega|hay|es|tengo|sale|funciona|he|han|ha|consigo|da|" \
  "abre|abren|carga|chega|vive|conozco"
#define ELSEWHERE \
  "correo|mail|email|gmail|hotmail|telefono|llamada|llamadas|carta|sms|telefone|ligacao"
constexpr std::string_view kOtherChannel[] = {
    "por|x " HERE " no|nao",
    "por este medio|canal|numero|chat no|nao",
    "no|nao me|nos "
    "escriba|escriban|contacte|contacten|manden|mande|hablen|chame|chama|chamem|mandem "
    "por|x|pelo|en|no " HERE,
    "escribanme|escribame|escribeme|escriban|escriba|contactenme|contacteme|comuniquese|"
    "comuniquense|busquenme|escrevam|escreva|hablenme|hableme <4> al|por|a|pelo|no|mi " ELSEWHERE,
    "prefiero|prefiro|mejor|melhor|solo|solamente|unicamente|so <3> por|al|pelo " ELSEWHERE,
    "prefiro|so por e mail",
    "prefiero|prefiro que <2> llamen|liguem",
    "mejor|prefiero <1> llamenme|llameme"};
// A paper that is wanted there, what they have done themselves, and what does not work here.
constexpr std::string_view kNotOtherChannel[] = {
    "factura|recibo|cuenta|extracto|comprobante|soporte|detalle|boleta|fatura|boleto|copia|"
    "documento|documentos|estado|pdf <6> " ELSEWHERE,
    ELSEWHERE
    " <6> "
    "factura|recibo|comprobante|extracto|boleta|fatura|boleto|estado|soporte|detalle|copia|pdf",
    "ya|yo|les|le|lo envie|escribi|mande|escribire|mandare <4> " ELSEWHERE,
    "por|x " HERE " no|nao conoc*|conhec*|vive|viven|mora|trabaja|labora|hay",
    "llamenme|llameme <2> "
    "manana|hoy|luego|despues|tarde|lunes|martes|miercoles|jueves|viernes|sabado|rato",
    "por|x " HERE " no|nao <1> " FAILS,
    "por este|esse medio|canal|numero|chat no|nao <1> " FAILS};
#undef FAILS
#undef HERE
#undef ELSEWHERE

constexpr std::string_view kInvitesACall[] = {
    "si|se <1> quieren|quiere|quieres|querem|quiser|quiserem|prefieren|necesitan|gustan|gusta|"
    "precisarem <2> llam*|marqu*|marc*|lig*",
    "mejor|melhor|prefiero|prefiro|pueden|puede|puedes|podes|podem|pode|podrian <2> "
    "llam*|marcarme|marcar|ligar|liguem",
    "solo|solamente|unicamente|apenas|so <2> llam*|telefon*|ligac*|ligar|liguem",
    "llamenme|llameme|llamame|marquenme|marqueme|me llaman|me liguem|me ligam"};
// What refuses the call as well, or sends it to somebody else.
constexpr std::string_view kRefusesACall[] = {
    "no|nao|ni|nem|nunca|jamas|tampoco|dejen|deje|paren|parem|basta <3> llam*|marqu*|marc*|lig*|"
    "telefon*",
    "llamen|llame|liguem|llamar|llaman|ligar <1> a|para|pro|pra <1> mi|a|la|el|su|meu|minha "
    "esposo|esposa|mama|papa|hijo|hija|hermano|hermana|jefe|abogado|abogada|mae|pai|marido|"
    "advogado|policia"};

// What is asked of them, and what is said of a sum that is wrong.
#define SUM                                                                                        \
  "cobro|cobros|valor|valores|monto|montos|saldo|saldos|suma|cifra|cuenta|cuentas|factura|"        \
  "facturas|recibo|boleta|deuda|deudas|cantidad|interes|intereses|mora|"                           \
  "recargo|recargos|total|liquidacion|tarifa|cargo|cargos|cobranca|cobrancas|conta|contas|fatura|" \
  "faturas|boleto|juros|divida|dividas|multa|multas|taxa|"                                         \
  "taxas|encargos|gasto|gastos|honorarios"
#define CHARGE                                                                               \
  "cobra|cobran|cobrando|cobraron|cobro|cobraram|cobrou|cobrar|cobrado|facturan|facturando|" \
  "facturaron"
#define WRONG                                                                                    \
  "mal|malo|mala|errado|errada|errados|equivocado|equivocada|equivocados|incorrecto|incorrecta|" \
  "incorrectos|incorreto|incorreta|inflado|inflada|injusto|injusta|injustos|"                    \
  "abusivo|abusiva|abusivos|abusivas|ilegal|ilegales|ilegais|indebido|indebida|indebidos|"       \
  "indevido|indevida|indevidos|excesivo|excesivos|excessivos|duplicado|duplicada|doble"
#define AGREED                                                                                \
  "acorde|acordamos|acordado|acordo|pacte|pactamos|pactado|contrate|contratei|firme|assinei|" \
  "combinamos|combinado|combinei|autorice|autorizei|pedi|dijeron|informaron"
constexpr std::string_view kWrongSum[] = {
    "no|nao estoy|estamos|toy|estou|estamos <1> de acuerdo|acordo con|com|en <3> " SUM,
    "no|nao estoy|estamos|estou <1> conforme con|com <3> " SUM,
    "inconforme|desacuerdo con <3> " SUM,
    "no|nao concordo|concuerdo|comparto|acepto|aceito|acato <2> " SUM,
    "discordo da|do|dos|das|com <2> " SUM,
    "llego|llegaron|vino|veio|salio|recibo|factura|fatura|boleta|boleto|cuenta|conta <5> "
    "por|pelo|al <1> doble|dobro|triple",
    CHARGE " de|a mas|mais|maior",
    CHARGE " demas|doble|dobro|duplicado",
    CHARGE " em dobro",
    CHARGE " dos|2|duas|tres|3 veces|vezes",
    "cobro|cobros de mas",
    "por|x que|q|k <3> " CHARGE " <1> mas|mais|tanto|tantos|otro|outro",
    "porque|xq|pq|porq|porke <3> " CHARGE " <1> mas|mais|tanto|tantos|otro|outro",
    "por|x que|q|k <4> llego|vino|salio|veio|subio|aumento|subiu|aumentou <3> "
    "alto|alta|caro|cara|mas|mais|tanto|" SUM,
    "porque|xq|pq|porq <2> llego|vino|salio|veio <2> alto|alta|caro|cara",
    "eso|esto|ese|esa|asi|isso|esse|essa <1> no|nao es|e|son|era|fue|foi lo|la|el|o|a <1> que <3> "
    "debo|devo|debemos|devemos|debia|devia|" AGREED,
    "eso|esto|ese|esa|isso|isto|esse|essa <1> no|nao es|e|son "
    "mio|mia|mios|mias|meu|minha|nuestro|nuestra|nosso|nossa",
    "no|nao debo|devo|debemos|devemos "
    "eso|esto|esa|ese|esos|esas|tanto|tanta|tantos|isso|isto|esse|essa|esses|tudo|todo",
    "yo|eu debo|devo menos",
    SUM " <2> esta|estan|viene|vienen|vino|sale|salio|veio|es|son|e|estao|sao|ta|tan <1> " WRONG,
    "esta|estan|viene|ta|vino|veio|estao <1> " WRONG " <2> " SUM,
    SUM
    " <2> no|nao <1> es|son|esta|estan|e|sao|estao <1> "
    "correcto|correcta|correctos|correctas|correto|correta|corretos|justo|justa|real|bien|bueno|"
    "certo|certa|legal|valido",
    SUM
    " <2> no|nao <2> "
    "cuadra|cuadran|coincide|coinciden|concuerda|concuerdan|corresponde|corresponden|confere|"
    "conferem|bate|batem|procede",
    "no|nao <2> cuadra|cuadran|coincide|concuerda|corresponde|confere|bate|procede <2> " SUM,
    "no|nao es|e|son|esta|esta <1> correcto|correcta|correto|correta|justo|justa|real <2> " SUM,
    "ese|esa|esse|essa no|nao es|e el|la|o|a|mi|meu|minha <1> " SUM,
    "cobro|cobros|cobranca|cobrancas|cargo|cargos|recargo|recargos|interes|intereses|juros|multa|"
    "taxa|honorarios|gastos " WRONG,
    "interes|intereses|recargo|recargos|cargo|cargos|mora|juros|multa|taxa <1> no|nao|nunca <4> "
    "dijeron|informaron|avisaron|explicaron|dicho|informado|avisado|explicado|disseram|avisaram|"
    "informados|" AGREED,
    "cobro|cobros|cargo|cargos|interes|intereses|juros|multa|recargo|taxa que no|nao|nunca <3> "
    "debo|devo|corresponde|corresponden|reconozco|reconheco|" AGREED,
    "no|nao reconozco|reconheco <2> compra|consumo|consumos|" SUM,
    "desconozco|desconheco esa|esta|essa|dicha|la deuda|obligacion|divida|cobranca|cobro",
    "quiero|quisiera|necesito|deseo|voy|quero|queria|vou|presento|pongo|hago <3> "
    "reclamo|reclamacion|reclamacao|impugnar|objetar",
    "contestar a|essa|esta|esse|este|o|os <1> " SUM,
    "no|nao es|e mi|minha deuda|divida|obligacion",
    "deuda|divida|obligacion no|nao es|e mia|minha",
    "queja|reclamo|pqr|reclamacion|inconformidad|reclamacao por|con|sobre|del|de|da <2> " SUM};
// Of what would be, of what a bank calls so, and of the paper and not of what stands on it.
constexpr std::string_view kNotWrongSum[] = {
    "si|se <3> " CHARGE,
    "pueden|podrian|podem|van|vao|iran|puede|cuanto|quanto <4> " CHARGE,
    "no|nao|nunca|ya|sin <2> " CHARGE " mas|mais",
    "numero|nro|num|datos|nombre|direccion|correo|codigo|link|enlace|fecha|dados|nome|data|pagina|"
    "clave|referencia <4> " WRONG,
    "cuenta|conta <1> "
    "nequi|daviplata|banco|bancaria|bancolombia|ahorros|corriente|corrente|poupanca|clabe|cbu "
    "<3> " WRONG,
    "factura|recibo|boleta|cuenta|fatura|boleto|conta que necesito|pedi|quiero|preciso|quero|busco",
    "factura|recibo|boleta|fatura|boleto <3> se <1> ve|lee mal"};
#undef AGREED
#undef WRONG
#undef CHARGE
#undef SUM

}  // namespace

bool tells_of_a_death(std::string_view text) {
  static const GraveList list(kDeath, kOfThings);
  return list.has(text);
}

bool tells_of_danger_of_life(std::string_view text) {
  static const GraveList list(kDanger, kNotDanger);
  return list.has(text);
}

bool withholds_for_service(std::string_view text) {
  static const GraveList list(kWithheld, kNotWithheld);
  return list.has(text);
}

bool tells_of_a_dead_thing(std::string_view text) {
  static const GraveList list(kOfThings, {});
  return list.has(text) && !tells_of_a_death(text);
}

bool tells_of_insolvency(std::string_view text) {
  static const GraveList list(kInsolvency, kNotInsolvency);
  return list.has(text);
}

bool tells_of_illness(std::string_view text) {
  static const GraveList list(kIllness, kNotIllness);
  return list.has(text);
}

bool is_a_child(std::string_view text) {
  static const GraveList list(kChild, kNotChild);
  return list.has(text);
}

bool tells_of_a_stolen_name(std::string_view text) {
  static const GraveList list(kStolenName, kNotStolenName);
  return list.has(text);
}

bool disputes_the_sum(std::string_view text) {
  static const GraveList list(kWrongSum, kNotWrongSum);
  return list.has(text);
}

bool fears_what_follows(std::string_view text) {
  static const GraveList list(kFear, kNotFear);
  return list.has(text);
}

bool asks_for_a_person(std::string_view text) {
  static const GraveList list(kAsksForAPerson, {});
  return list.has(text);
}

bool files_a_complaint(std::string_view text) {
  static const GraveList list(kFormalComplaint, {});
  return list.has(text);
}

bool wants_other_channel(std::string_view text) {
  static const GraveList list(kOtherChannel, kNotOtherChannel);
  return list.has(text);
}

bool invites_a_call(std::string_view text) {
  static const GraveList list(kInvitesACall, kRefusesACall);
  return list.has(text);
}

}  // namespace puntual::conversation
