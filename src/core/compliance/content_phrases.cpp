#include "core/compliance/content_phrases.h"

namespace puntual::compliance::phrases {
namespace {

constexpr std::string_view kHarmless[] = {
    "gracias|agradecemos|agradezco por pagar|abonar|cancelar|realizar|hacer",
    "se abona|abonan|abone|transfiere|transfieren|consigna|consignan|deposita|depositan",
    "sin embargo",
    "alta|mayor|mucha|gran|segun|bajo demanda",
    "cuando|si|quien|ya pague|paga|abone|abona|deposite|consigne|consigna|transfiera|transfiere",
    "lo|el|la|al|los|quien|antes|despues|vez|hasta|luego|siempre|apenas|dijo|dice|dices|confirma|"
    "indica que pague|paga|abone|deposite|consigne|transfiera",
    "no olvide|olvides <2> que puede|puedes",
};

constexpr std::string_view kThreat[] = {
    "embargo|embargos|embargar|embargaremos|embargado|embargada|embargados|embargue",
    "penhora|penhorar|penhorados",
    "carcel",
    "prision",
    "preso|presa|cadeia",
    "policia",
    "fiscalia",
    "ministerio publico",
    "lo|la|le|te denunci*",
    "denunciaremos|denunciarlo|denunciarla|denunciarte",
    "denuncia penal",
    "atengase|atente a las consecuencias",
    "ultima advertencia",
    "evite|evita|evitar|evitese|sufrira|sufriras|asuma|asumir|asumira|enfrentar|enfrentara <3> "
    "consecuencias",
    "consecuencias <2> legales|graves|juridicas|penales|judiciales",
    "accion|acciones|medidas|vias|proceso|procesos <1> "
    "legal|legales|judicial|judiciales|juridica|juridicas|penal|penales",
    "acoes judiciais|legais",
    "acao judicial",
    "medidas judiciais|legais|cabiveis",
    "lo|la|le|te|los demandaremos|demandamos|demandare",
    "demandarlo|demandarla|demandarte|demandarlos",
    "vamos a demandar*",
    "sera|seras demandado|demandada",
    "sabemos donde <2> vive|vives|trabaja|trabajas|encontrarte|encontrarlo",
    "iremos|ire|vamos|iran|mandaremos|enviaremos|visitaremos <5> casa|domicilio|trabajo|residencia",
    "te|le|lo|la|se vas|va|vamos a arrepentir|pesar|buscar|encontrar",
    "se arrepentira",
    "te arrepentiras",
    "por las malas",
    "o por las buenas",
    "le|te conviene pagar",
    "perdera|perderas|perder|quitaremos|quitarle|quitarte|quitar|rematar|rematara|remataremos <3> "
    "casa|carro|auto|bienes|moto|vivienda|patrimonio|sueldo",
    "remate <2> bienes|casa|vivienda",
    "mala paga|clase",
    "moroso|morosa|malapaga",
    "sinverguenza*",
    "estafador*",
    "tramposo|tramposa",
    "descarado|descarada",
    "ladron|ladrona|ratero|rata",
    "irresponsable",
    "caloteiro|caloteira",
    "que verguenza",
    "deberia darte|darle verguenza",
    "publicar|publicaremos|publicamos|exponer|expondremos <6> nombre|foto|redes|lista|deuda",
    "escrach*",
    "todos|todo|vecinos|barrio <2> sabran|sepan|enterara|enteraran|enteren|sabra",
    "no nos obligue|obligues",
    "nos veremos obligados|obligado|forzados|obligadas",
    "tomaremos|adoptaremos|tomar|adoptar <2> medidas",
    "medidas <1> severas|drasticas|fuertes|extremas",
    "cueste lo que cueste",
    "no responde* <3> paga* caro",
    "pagara|pagaras <2> caro",
    "ultima oportunidad antes <4> legal*|judicial*|juridic*|abogad*",
    "vai se arrepender",
    "sabemos onde voce mora|trabalha",
    "vamos ate sua|seu casa|trabalho",
    "no se|te esconda|escondas|oculte|ocultes",
    "sabemos su|tu|sus|tus direccion|casa|domicilio|trabajo|rutina",
    "perdera|perderas|perder <2> todo",
    "lista|listado publica|publico",
    "va|vas <2> ir|salir mal|caro|carisimo",
    "se acabo|agoto <1> paciencia",
    "sin piedad|compasion|contemplaciones",
    "ultimatum",
    "aguantate|aguantese",
    "pagara|pagaras las consecuencias",
    "lo|la|te|le hundiremos|perseguiremos|ubicaremos",
    "bienes|casa|vehiculo|vivienda <4> rematado|rematada|rematados|rematadas",
    "querellarnos|querellarlo|querellarla|querellarte|querellaremos|querellamos|querellarme",
    "presentar*|interpon* <2> querella|querellas|demanda|denuncia",
};

constexpr std::string_view kCourt[] = {
    "embargo|embargos|embargar|embargaremos|embargado|embargada|embargados|embargue",
    "judicial|judiciales|judicialmente|judiciais",
    "juicio|juicios",
    "juzgado|juzgados",
    "juez|jueza|jueces",
    "tribunal|tribunales|tribunais",
    "corte suprema|superior",
    "citatorio",
    "citacion",
    "emplazamiento|emplazado",
    "demanda|demandas|demandar|demandado|demandada|demandaremos|demandamos|demandarlo|demandarla|"
    "demandarte",
    "accion|acciones|via|vias|medida|medidas|proceso|procesos|procedimiento|procedimientos|"
    "instancia|instancias "
    "<1> legal|legales|juridica|juridicas|juridico|juridicos",
    "cobro|cobranza|etapa|area|departamento|gestion|fase "
    "juridico|juridica|prejuridico|prejuridica|prejudicial",
    "nuestro|nuestros|los|al|a|un|su abogado|abogados|abogada",
    "despacho juridico",
    "estudio juridico",
    "proceso ejecutivo",
    "titulo ejecutivo",
    "merito ejecutivo",
    "mandamiento de pago",
    "ministerio publico",
    "fiscalia",
    "actuario",
    "notificador",
    "acta notarial",
    "acao judicial",
    "justica",
    "juiz",
    "intimacao",
    "execucao judicial|fiscal",
    "cartorio",
    "protesto|protestado",
    "departamento|area|equipo|division|oficina|direccion legal|juridica|juridico|juridicas",
    "caso|expediente|cuenta|deuda|obligacion <5> "
    "legal|juridico|juridica|abogado|abogados|tribunales",
    "rematado|rematada|rematados|rematadas|remate",
};

constexpr std::string_view kCreditRegister[] = {
    "datacredito",
    "data credito",
    "central|centrales de riesgo|riesgos|deudores|informacion",
    "cifin",
    "transunion",
    "equifax",
    "experian",
    "infocorp",
    "sentinel",
    "dicom",
    "buro|buros",
    "burocredito",
    "circulo de credito",
    "boletin comercial",
    "informes comerciales",
    "veraz",
    "serasa",
    "spc",
    "informconf",
    "asnef",
    "cirbe",
    "clearing de informes",
    "protectora de credito",
    "cadastro de inadimplentes|proteccao|protecao",
    "negativado|negativada|negativar|negativaremos",
    "nome sujo",
    "reporte|reportes|reportado|reportada|reportar|reportarlo|reportaremos|reportarte <3> "
    "negativo|negativamente|"
    "riesgo|credito|crediticio",
    "sera|seras|seran reportado|reportada|reportados",
    "lista|listas negra|negras",
    "historial|vida|comportamiento|puntaje|score|perfil crediticio|crediticia",
    "historial de credito",
    "registro|registros|lista|base de morosos|morosidad|deudores|incumplidos",
    "boletinado|boletinada|boletinar*",
    "historial|nombre|reporte <4> centrales",
    "en|a las centrales",
    "lista|listado|listas <2> deudores|morosos",
    "afect*|dan*|manch*|arruin* <3> historial|puntaje|score|reputacion <1> credit*",
    "historial|puntaje|score <2> afectado|manchado|danado",
    "antecedente|antecedentes comercial|comerciales|crediticio|crediticios|financiero|financieros",
};

constexpr std::string_view kAdvertising[] = {
    "promocion|promociones|promo|promos|promocional|promocao|promocoes",
    "oferta|ofertas "
    "exclusiva|exclusivas|especial|especiales|limitada|imperdible|imperdibles|irresistible",
    "oferta del mes|dia",
    "nuestras|grandes|mejores|increibles ofertas",
    "aprovecha|aproveche|aproveite <3> oferta|ofertas|promocion|promociones|rebajas|descuentos",
    "conoce|conozca|descubre|descubra|prueba|pruebe|adquiere|adquiera|contrata|contrate|compra|"
    "compre|estrena|"
    "estrene|llevate|lleve|conheca|adquira <2> "
    "nuestro|nuestros|nuestra|nuestras|nuevo|nueva|nuevos|nuevas|nossos|"
    "nossas|nosso|nossa|novo|nova",
    "compre|compra|lleva|lleve|compra ya|ahora|hoy|online|mas",
    "sorteo|sorteos|rifa|sorteio",
    "gana|gane|ganate|ganhe <3> premio|premios|viaje|bono|bonos|puntos|celular|carro|moto",
    "2x1|3x2",
    "black friday",
    "cyber monday|day|week",
    "hot sale",
    "credito|prestamo|tarjeta|cupo|emprestimo|cartao <2> "
    "preaprobado|preaprobada|aprobado|aprobada|pre|preaprovado "
    "<1> *",
    "preaprobado|preaprobada|preaprovado",
    "pre aprobado|aprobada|aprovado",
    "solicita|solicite|pide|pida|saca|saque <2> nuevo|nueva|otro|otra <1> credito|prestamo|tarjeta",
    "amplia|amplie|aumenta|aumente <1> cupo|plan|velocidad|limite",
    "nuevo|nueva plan|tarjeta por solo",
    "suscribete|suscribase",
    "recomienda|refiere|invita|recomiende <2> amigo|amigos",
    "cupon|cupones",
    "por solo $*",
    "por tan solo",
    "rebajas",
    "nueva coleccion",
    "llevate|lleva|lleve|recibe|reciba|obten|obtenga <2> "
    "bono|bonos|regalo|regalos|obsequio|premio|puntos",
    "renueva|renueve|cambia|cambie <2> equipo|plan|celular|telefono",
    "descuento|descuentos <1> en <3> tienda|tiendas|productos|compra|compras",
};

// Telling others, or having them lean on the debtor. A child's school fee is no such thing.
constexpr std::string_view kThirdParty[] = {
    "avis*|inform*|llam*|contact*|comunic*|contar*|contare*|decir*|diremos|hablar*|escribir*|"
    "notific*|visit*|"
    "buscar*|molest*|lig* <2> a|con|al|para|sua|seu <1> "
    "mama|madre|papa|padre|padres|esposo|esposa|conyuge|pareja|"
    "marido|mujer|hermano|hermana|hermanos|familia|familiar|familiares|jefe|jefa|patron|empleador|"
    "trabajo|oficina|"
    "vecino|vecinos|vecina|companeros|amigos|conocidos|contactos|referencia|referencias|suegra|"
    "suegro|chefe|patrao|"
    "mae|vizinhos",
    "avis*|inform*|llam*|contact*|notific* <1> tus|sus|tu|su "
    "referencias|familiares|contactos|jefe|empleador|vecinos",
    "tus|sus|tu|su referencias|familiares|contactos|jefe|empleador|vecinos|familia <3> "
    "sabran|sabra|seran|sera|"
    "recibiran|recibira|enteraran|enterara|contactados|informados|notificados|avisados|enteren|"
    "entere",
    "digale|dile|avisele|avisale|pidale|pidele a su|tu "
    "esposo|esposa|mama|papa|hijo|hija|hermano|hermana|pareja|jefe",
    "la deuda de tu|su esposo|esposa|mama|papa|hermano|hermana|hijo|hija|pareja|vecino|amigo",
    "su|tu|sus|tus "
    "jefe|jefa|empleador|mama|papa|esposo|esposa|pareja|vecinos|familia|familiares|referencias|"
    "companeros "
    "<3> recibir|recibira|recibiran|llamada|visita|enterara|enteraran|enterarse|sabran",
};

constexpr std::string_view kReasonQuestion[] = {
    "por que <1> no <3> pag*|cancel*|cumpl*|abon*|realiz*",
    "por que <3> atras*|retras*|incumpl*|mora|demora*",
    "motivo|motivos|razon|razones|causa <4> no pago|pagar|pago|paga|pagaste|pagado",
    "motivo|motivos|razon|razones|causa <3> atraso|retraso|mora|incumplimiento|impago|demora",
    "que paso|sucedio|ocurrio <2> con <1> pago|cuota|factura|abono",
    "que le|te|lo|la impide|impidio|impidieron <1> pagar|pago|cumplir|cancelar",
    "a que se debe|debio <4> atraso|retraso|mora|no|impago|demora|incumplimiento",
    "explique|explica|explicanos|expliquenos|justifique|justifica <4> "
    "atraso|retraso|mora|motivo|impago|no",
    "por que|porque esta|estas en mora|atrasado|atrasada",
    "razon|razones|motivo|motivos|causa <1> por la|el|lo|las|los que|cual|cuales",
    "por que motivo|razon|causa",
    "que le|te|les|lo paso|sucedio|ocurrio <1> no",
    "que paso que no",
    "como es que|posible no <3> pag*|cumpl*|cancel*",
    "por que sigue|sigues|continua|continuas <3> sin|debiendo",
    "por que <3> quedando|queda|quedo|quedaste mal",
};

constexpr std::string_view kIdentity[] = {
    "soy|somos|sou *",
    "te|le|les|lo|la|os|lhe saluda|escribe|escribo|habla|hablo|contacta|atiende|fala|escreve *",
    "te|le|les|lo|la|os|lhe recuerda|informa|avisa|comunica|agradece|invita|envia|lembra",
    "te|le|les|lo|la|os|nos escribimos|hablamos|contactamos|comunicamos|saludamos|comunicamos <1> "
    "de|desde|por|en",
    "escribimos|escribo|hablamos|hablo|llamamos|llamo de|desde|por parte",
    "de|por parte de|del",
    "a|en|por nombre|encargo|cuenta de|del",
    "em nome de|da|do",
    "da parte de|da|do",
    "equipo|equipe de|del|da|do *",
    "area|departamento|oficina|seccion de <1> "
    "cartera|cobranza|cobranzas|pagos|recaudo|recaudos|credito|creditos|"
    "atencion|administracion|tesoreria",
    "asistente|asesor|asesora|ejecutivo|ejecutiva|agente|gestor|gestora|encargado|encargada <1> "
    "de|del|virtual|en",
    "atentamente|att|atte|cordialmente|atenciosamente *",
    "aqui|aca * <2> de|del",
    "mensaje|aviso|recordatorio de|del *",
    "aqui e *",
    "su|tu asistente|asesora|asesor *",
};

constexpr std::string_view kStatement[] = {
    "no|ni es|constituye|constituyen|corresponde|implica|representa|significa|forma <8> "
    "judicial|judiciales|juicio|juicios|demanda|bienes|patrimonio|embargo",
    "no se trata de <6> judicial|judiciales|juicio|demanda|bienes|patrimonio",
    "no <2> inici* <5> procedimiento|juicio|demanda|accion <5> bienes|judicial|patrimonio",
    "no <2> procedimiento <5> bienes|patrimonio|judicial",
};

constexpr std::string_view kStatementObject[] = {
    "judicial", "judiciales", "judicialmente", "juicio",    "juicios",   "demanda",
    "demandas", "bienes",     "patrimonio",    "embargo",   "embargos",  "embargar",
    "legal",    "legales",    "juridica",      "juridicas", "ejecucion",
};

constexpr std::string_view kStatementInner[] = {
    "un",
    "una",
    "unos",
    "unas",
    "el",
    "la",
    "los",
    "las",
    "lo",
    "algun",
    "alguna",
    "ningun",
    "ninguna",
    "de",
    "del",
    "al",
    "a",
    "en",
    "contra",
    "sobre",
    "para",
    "ante",
    "su",
    "sus",
    "tu",
    "tus",
    "ni",
    "o",
    "u",
    "tampoco",
    "que",
    "tipo",
    "parte",
    "inicio",
    "forma",
    "procedimiento",
    "procedimientos",
    "proceso",
    "procesos",
    "accion",
    "acciones",
    "medida",
    "medidas",
    "tramite",
    "gestion",
    "actuacion",
    "actuaciones",
    "cobranza",
    "cobro",
    "notificacion",
    "aviso",
    "citacion",
    "orden",
    "etapa",
    "via",
    "caracter",
    "persiga",
    "persigue",
    "busca",
    "busque",
    "afecta",
    "afecte",
    "pretende",
    "pretenda",
    "recae",
    "recaiga",
    "trata",
    "dirigido",
    "dirigida",
    "dirigidos",
    "dirigidas",
    "iniciar",
    "iniciado",
    "iniciada",
    "iniciamos",
    "inicia",
    "constituye",
    "implica",
    "representa",
    "significa",
    "corresponde",
    "ejecutivo",
    "ejecutiva",
    "civil",
    "penal",
    "persona",
    "ejecutar",
    "perseguir",
    "afectar",
};

// An article here begins a new clause: "no es un juicio, la demanda ya está lista".
constexpr std::string_view kStatementLink[] = {
    "ni",     "o",     "u",   "tampoco",   "de",        "del",   "en",
    "contra", "sobre", "que", "ejecutivo", "ejecutiva", "civil", "penal",
};

constexpr std::string_view kStatementUndone[] = {
    "todavia",        "aun",  "pero",  "por ahora",    "hasta ahora",
    "por el momento", "sino", "salvo", "mas adelante",
};

constexpr std::string_view kWayOut[] = {
    "responde|responda|escribe|escriba|escribenos|escribanos|envia|envie|contesta|conteste|digita|"
    "marca|pulsa|toca|"
    "mande|manda|diga|dinos <4> baja|stop|salir|alto|no|cancelar|parar|sair|pare|bajas",
    "no desea|deseas|quiere|quieres|quisiera|prefiere|prefieres|deseja|quer <5> "
    "recibir|recibirlos|mensajes|"
    "escribamos|escriban|contactemos|recordatorios|avisos|receber",
    "dejar|deja|deje de recibir|escribir*|contactar*",
    "para no recibir|recibirlos|receber",
    "darte|darse|date|dese|darme de baja",
    "cancelar <3> suscripcion|mensajes|avisos|recordatorios",
    "deixar de receber",
    "no recibir mas",
    "no te|le escribamos|escribiremos|contactemos",
};

constexpr std::string_view kDemand[] = {
    "pague|pagalo|pagala|paguelo|paguela|paguenos|paganos",
    "paga|pagas|pagar|pagues|pagarlo|pagarla|abonar|abonas|abones|cancela|cancelar|cancelas|"
    "cancelarlo|cancelarla|consignar|depositar|transferir <1> "
    "hoy|ya|ahora|antes|manana|urgente|inmediatamente|cuanto",
    "pagame|pagueme|pagamelo|pagamela|aboname|aboneme|abonanos|abonenos|depositame|depositanos|"
    "transferime|transfiereme|transfierenos|transfieranos|consigname|consignanos|consignenos|"
    "girame|"
    "yapea|yapee|yapeame|yapeanos",
    "me|nos pagas|paga|pagues|pague|paguen|abonas|abona|abones|transfieres|transfiere|consignas|"
    "cancelas",
    "necesito|necesitamos|quiero|queremos|urge|espero|esperamos|favor|requiero|requerimos|exijo|"
    "importante <2> que <3> pague|pagues|paguen|abone|abones|cancele|canceles|consigne|consignes|"
    "deposite|deposites|transfiera|transfieras|gire|gires|salde|saldes",
    "favor <1> pagar|abonar|cancelar|consignar|depositar|transferir|girar|liquidar|saldar|cubrir|"
    "regularizar|ponerse|ponerte",
    "favor|realizar|efectuar|hacer <3> pago|abono|deposito|consignacion|transferencia <2> "
    "hoy|ya|ahora|manana|antes|urgente|cuanto",
    "favor <1> realizar|efectuar|hacer <2> pago|abono|deposito|consignacion|transferencia",
    "falta|faltan <2> pagar|abonar|cancelar|consignar|depositar",
    "paga tu|su|el|la|lo|aqui|en",
    "realiza|realice|haz|haga|hagame|hazme|haganos|haznos|hagan|efectue|efectua|efetue|complete|"
    "completa|faca <2> "
    "pago|abono|deposito|pagamento",
    "ponte|ponete|pongase|ponganse al dia",
    "regularice|regulariza|regularize|normalice|normaliza",
    "cancele|cancela <3> deuda|saldo|factura|cuota|obligacion|pendiente",
    "abone|abona|deposite|deposita|consigne|consigna|transfiera|transfiere|transfira",
    "gira|gire|envia|envie|enviame|envieme|manda|mande|mandame|mandeme|pasa|pase|pasame|paseme <1> "
    "plata|dinero|pago|valor|monto|abono|$*",
    "liquide|liquida|salde|salda|cubra|cubre <2> deuda|saldo|cuenta|cuota|factura|obligacion|"
    "pendiente",
    "puede|puedes|podes|podria|podrias|podra|podras|pode <2> "
    "pagar|pagarlo|pagarla|abonar|cancelar|pagarnos|abonarnos|consignarnos aqui|aca",
    "clic|click|toca|toque|pulsa|pulse|oprime|oprima|entra|entre|ingresa|ingrese <5> para "
    "pagar|pagarlo|pagarla|abonar|cancelar",
    "hay que pagar|abonar|cancelar|consignar",
    "toca|tocaria pagar|abonar|cancelar|consignar",
    "tiene|tienes|tenes|tendra|tendras que pagar|abonar|cancelar|depositar|ponerse|ponerte",
    "debe|debes|debera|deberas|deve|precisa "
    "pagar|cancelar|abonar|realizar|regularizar|depositar|cumplir",
    "te|le|les|lo|la "
    "pedimos|pido|solicitamos|solicito|rogamos|ruego|exigimos|invitamos|agradecemos <4> "
    "pag*|cancel*|abon*|regulariz*|pon*|realiz*",
    "solicitamos|solicito|exigimos|exijo|requerimos|requiero|necesitamos|necesito|urge <4> "
    "pago|pagar|pague|pagues|abono|abones|abone",
    "quedamos|quedo|quedaremos|estamos|estoy|estaremos|seguimos|sigo <2> "
    "atento|atenta|atentos|atentas|pendiente|pendientes|espera <3> pago|pagos|abono|abonos|"
    "transferencia|consignacion|deposito",
    "esperamos|espero|esperando <4> pago|abono|pague|pagues|cancele|canceles|abones|abone",
    "recuerda|recuerde|recorda|recorde|acuerdate|acordate|acuerdese|recordamos|recordarte|"
    "recordarle|olvide|olvides|lembre <7> "
    "pago|pagos|pagar|vence|vencio|"
    "vencida|vencido|cuota|saldo|deuda|factura|pendiente|pendientes|pagamento",
    "cuando <4> pagar|pagas|paga|pagaras|pagara|abonar|cancelar|abonas",
    "que dia|fecha <4> pagar|pagas|paga|pagaras|pagara|abonar|cancelar",
    "ademas|tambien <2> tienes|tiene|debes|debe|queda|quedan|esta|estan <5> "
    "otra|otro|otras|otros|vencida|vencido|"
    "vencidas|vencidos|deuda|deudas|atrasada|mora",
    "puedes|puede|podrias|podria pagar|abonar|cancelar hoy|ya|ahora|manana",
};

}  // namespace

std::span<const std::string_view> threat() { return kThreat; }
std::span<const std::string_view> court() { return kCourt; }
std::span<const std::string_view> credit_register() { return kCreditRegister; }
std::span<const std::string_view> advertising() { return kAdvertising; }
std::span<const std::string_view> third_party() { return kThirdParty; }
std::span<const std::string_view> reason_question() { return kReasonQuestion; }
std::span<const std::string_view> identity() { return kIdentity; }
std::span<const std::string_view> statement() { return kStatement; }
std::span<const std::string_view> statement_object() { return kStatementObject; }
std::span<const std::string_view> statement_inner() { return kStatementInner; }
std::span<const std::string_view> statement_link() { return kStatementLink; }
std::span<const std::string_view> statement_undone() { return kStatementUndone; }
std::span<const std::string_view> way_out() { return kWayOut; }
std::span<const std::string_view> demand() { return kDemand; }
std::span<const std::string_view> harmless() { return kHarmless; }

}  // namespace puntual::compliance::phrases
