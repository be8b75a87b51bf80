#include "core/compliance/content_phrases.h"

namespace puntual::compliance::phrases {
namespace {

constexpr std::string_view kHarmless[] = {
    "gracias|agradecemos|agradezco por pagar|abonar|cancelar|realizar|hacer",
    "se abona|abonan|abone|transfiere|transfieren|consigna|consignan|deposita|depositan",
    "sin embargo",
    "tecnico|tecnicos|instalador|mensajero|repartidor|entregador <6> "
    "casa|domicilio|hogar|vivienda|residencia",
    "no|nao cortaremos|cortamos|suspenderemos|suspendemos|desconectaremos",
    "no|nao le|te|se|lhe "
    "cortaremos|cortamos|cortara|suspenderemos|suspendemos|suspendera|desconectaremos",
    "alta|mayor|mucha|gran|segun|bajo demanda",
    "cuando|si|quien|ya pague|paga|abone|abona|deposite|consigne|consigna|transfiera|transfiere",
    "lo|el|la|al|los|quien|antes|despues|vez|hasta|luego|siempre|apenas|dijo|dice|dices|confirma|"
    "indica que pague|paga|abone|deposite|consigne|transfiera",
    "no olvide|olvides <2> que puede|puedes",
    // "Juicio", "demanda" and "justicia" in another sense; whoever has a lawyer may name him.
    "aumento|alta|alto|mayor|por|menor|cambio|la|gran <2> demanda "
    "de|por|energetica|electrica|estacional",
    "la demanda de|por <1> "
    "energia|agua|gas|electricidad|potencia|cupos|cursos|matricula|clases|productos|servicio|"
    "servicios|usuarios|"
    "vagas|plazas|lugares|citas",
    "a|segun|en|queda|bajo <1> mi|tu|su|nuestro|vuestro juicio",
    "a juicio de|del",
    "juicio critico|clinico|propio",
    "buen|sano|muela|muelas|diente <2> juicio",
    "plaza|praca|calle|rua|av|avenida|estacion|metro|barrio|bairro|cerca|frente|esquina|palacio|"
    "sucursal|loja|tienda <4> "
    "justicia|justica|tribunal|tribunales|tribunais|juzgado|juzgados|forum|corte",
    "si|se <2> tiene|tienes|tenes|cuenta|cuentas|tem|prefiere <3> "
    "abogado|abogada|advogado|advogada",
    "persona|personas|pessoa|pessoas|personalidad|razon|entidad juridica|juridicas",
    "representante|representantes|apoderado legal|legales",
    // "Veraz", "buró" and "situación" in another sense.
    "informacion|informaciones|info|datos <1> veraz",
    "veraz y|e|completa|oportuna",
    "sobre|encima|cajon <2> buro",
    // A class at school, and a slip to pay with.
    "promocion|promociones|promo <1> "
    "escolar|egresados|egresado|bachiller|bachilleres|graduados|2024|2025|2026|2027|2028|2019|2020",
    "numero|padre|padres|alumnos|companeros|comite|caja|cuota|aula|fiesta|viaje <3> promocion",
    "cupon|cupones <1> pago|pagos|anterior|vencido",
    "linea|llamada|numero|llamadas <1> gratuito|gratuita|gratis",
    "padre|padres|madre|madres|papas|representantes|apoderados de familia",
    "saludos|saludo|saludamos|abrazo|bendiciones|abraco <3> familia",
    // No question, but a reason of ours.
    "por|em|en|a|con motivo|razon|razao|causa de|del|do|da",
    "por|si|se <1> algun|cualquier|algum|qualquer|otra|otro motivo|razon|motivos|causa",
    "por|saber <1> que|cual "
    "medio|forma|via|canal|banco|cuenta|metodo|meio|conta|dia|hora|horario|correo",
    "plan|planes|plano|planos <1> de|del|para|do <1> "
    "pago|pagos|cuotas|pagamento|pagamentos|parcelamento|regularizacion|facilidades|refinanciacion|"
    "abonos",
    "link|enlace|sitio|pago|canal|portal|medio|forma|pagina|site <1> seguro|segura|seguros",
    "cuidado con|com <4> fraude|fraudes|estafa|estafas|falsos|falsas|golpes|golpe|robo",
    "este|esta|estate|quede|fique|esteja tranquilo|tranquila|tranquilos",
    "por|para su|tu|sua tranquilidad|seguridad|comodidad|seguranca",
    "lado|proximo|perto|junto|dentro|local|galeria|centro|edificio|predio|vila|colonia|"
    "urbanizacion|residencial|condominio|"
    "colegio|escola|escuela|piso|sala|largo|travessa|avenida|rodovia <3> "
    "justicia|justica|forum|tribunal|tribunales|juzgado|juzgados|cartorio|juizado",
    "direito|direito|curso|facultad|faculdade|carrera|estudiante|clase|materia|aula|taller|"
    "diplomado <2> "
    "juridico|juridica|juridicas|judicial|procesal|penal|direito|derecho|justicia",
    "sin|sem|ni|nem <1> "
    "juicio|juicios|demandas|abogados|abogado|advogado|advogados|processo|protesto|multas|juizado",
    "processo|proceso|processos de|da|do <1> "
    "matricula|inscricao|inscripcion|pago|pagamento|renovacao|renovacion|"
    "atendimento|atencion|compra|registro|admision|cadastro",
    "si|se <2> tiver|possui|possuir|for|tuviera|quiere|desea|deseja|hablar|falar <3> "
    "abogado|abogada|advogado|advogada",
    "aproveitamos|aprovechamos|aproveche|aproveite|aprovecha <2> para <3> "
    "agradecer|recordar|lembrar|saludar|desear|desejar|informar|regularizar|ponerse|avisar|pagar|"
    "saldar",
    "ultima oportunidad|oportunidade <6> "
    "descuento|desconto|rebaja|condonacion|quita|beneficio|matricul*|inscrib*|inscrip*|cupo",
    "no|nao|nunca <1> es|e|hacemos|es|trata|ofrecemos|enviamos|fazemos <3> "
    "publicidad|promocion|oferta|propaganda|promocao|publicidade",
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
    "nao|nem e|constitui|constituem|representa|significa|implica|corresponde <8> "
    "judicial|judiciais|juizo|bens|patrimonio|penhora|processo|acao|intimacao|citacao",
    "nao se trata de <6> judicial|judiciais|juizo|bens|patrimonio|penhora|processo|acao|intimacao",
    "no|ni es|constituye|constituyen|corresponde|implica|representa|significa|forma <8> "
    "judicial|judiciales|juicio|juicios|demanda|bienes|patrimonio|embargo",
    "no se trata de <6> judicial|judiciales|juicio|demanda|bienes|patrimonio",
    "no <2> inici* <5> procedimiento|juicio|demanda|accion <5> bienes|judicial|patrimonio",
    "no <2> procedimiento <5> bienes|patrimonio|judicial",
};

constexpr std::string_view kStatementObject[] = {
    "judiciais", "juizo",    "bens",     "penhora",    "processo",      "acao",     "intimacao",
    "citacao",   "execucao", "judicial", "judiciales", "judicialmente", "juicio",   "juicios",
    "demanda",   "demandas", "bienes",   "patrimonio", "embargo",       "embargos", "embargar",
    "legal",     "legales",  "juridica", "juridicas",  "ejecucion",
};

constexpr std::string_view kStatementInner[] = {
    "um",
    "uma",
    "o",
    "os",
    "as",
    "do",
    "da",
    "dos",
    "das",
    "em",
    "seu",
    "seus",
    "sua",
    "suas",
    "nem",
    "ou",
    "nenhum",
    "nenhuma",
    "medidas",
    "cobranca",
    "notificacao",
    "procedimentos",
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

constexpr std::string_view kStatementCondition[] = {
    "no|nao <1> es|sea|e|seja <1> cierto|verdad|verdade|certo|exacto|asi",
    "es|e|seria|sea mentira|falso",
    "si|siempre|mientras|cuando|solo|hasta|se|enquanto|caso <4> "
    "paga|pague|pagas|pagues|pagar|pagara|cancela|cancele|cancelar|abona|abone|abonar|deposita|"
    "deposite|cumple|cumpla|"
    "cumplir|regulariza|regularice|regularizar|liquida|liquide|transfiere|transfiera|consigna|"
    "consigne|responde|responda|"
    "hoy|manana|hoje|amanha",
    "a menos que",
    "excepto|exceto",
    "hoy por hoy",
    "de momento",
};

constexpr std::string_view kDebt[] = {
    "cobr*|recobr*|deud*|adeud*|cartera|carteras|moros*|recaud*|saldo*|factura*|fatura*|recibo|"
    "recibos|boleto*|vence|vencen|"
    "vencer*|vencid*|vencio|venci|venceu|vencim*|juridic*|embarg*|cuota*|parcela*|divid*|inadimpl*|"
    "dinero|dinheiro|monto|"
    "mensualidad*|mensalidade*",
    "debe|debes|deben|debia|debemos|debiendo|debo|deve|devem|devendo|debito|debitos",
    "atrasad*|atraso*|atrase*|retraso*|retrasad*|pendient*|pendenc*|impag*",
    "pago|pagos|paga|pagan|pagas|pague*|pagar*|pagad*|pagamento*|pagou|abono|abonos|abonar|abone|"
    "deposite|deposito|consigne|"
    "consignar|regulariz*|liquid*",
    "prestamo*|emprestimo*",
    "en|por|con|sin|su|tu|dias|meses|cuotas|em <1> mora",
    "su|tu|seu|sua|un|el|del|este|ese|credito credito|vencido",
    "recuperacion de",
    "ponerse|pongase|ponerte|ponte al dia",
};

constexpr std::string_view kNoticePressure[] = {
    "manana|hoy|ya|ahora|ahorita|amanha|hoje|agora|inmediat*|imediat*|urgent* <6> "
    "report*|informar*|informad*|registr*|inclu*|inscri*|negativ*|boletin*|datacredito|centrales|"
    "buro|serasa|infocorp",
    "report*|informar*|informad*|registr*|inclu*|inscri*|negativ*|boletin*|datacredito|centrales|"
    "buro|serasa|infocorp <6> "
    "manana|hoy|ya|ahora|ahorita|amanha|hoje|agora|inmediat*|imediat*|urgent*",
    "en|em|dentro|plazo|prazo|quedan|queda|restan|faltan|solo|apenas|antes <3> "
    "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|"
    "nueve|diez|once|doce|"
    "quince|dois|quatro|sete|oito|nove|dez dia|dias",
    "en|a 20|veinte|vinte dias",
    "tiene|tienes|tenes|tendra|tem <1> "
    "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|un|dos|tres|cuatro|cinco|seis|siete|ocho|"
    "nueve|diez|quince "
    "dia|dias para|de",
    "12|24|36|48|72|veinticuatro|cuarenta|doce|pocas horas",
    "esta|esta misma|proxima semana",
    "esta semana",
};

constexpr std::string_view kWayOut[] = {
    "responde|responda|escribe|escriba|escribenos|escribanos|envia|envie|contesta|conteste|digita|"
    "marca|pulsa|toca|"
    "mande|manda|diga|dinos <4> baja|stop|salir|alto|no|cancelar|parar|sair|pare|bajas",
    "no desea|deseas|quiere|quieres|quisiera|prefiere|prefieres|deseja|quer <5> "
    "recibir|recibirlos|mensajes|"
    "escribamos|escriban|contactemos|recordatorios|avisos|receber",
    "dejar|deja|deje de recibir|escribir*|contactar*",
    "para no|nao recibir|recibirlos|receber",
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
    // "Págalos", "deposítelo", "liquídela": a pronoun on the verb.
    "paguelos|paguelas|pagalos|pagalas|depositelo|depositela|depositelos|depositelas|depositalo|"
    "depositala|depositalos|"
    "depositalas|transfieralo|transfierala|transfieralos|transfieralas|transfierelo|transfierela|"
    "transfierelos|"
    "transferilo|transferila|consignelo|consignela|consignelos|consignelas|consignalo|consignala|"
    "consignalos|abonelo|"
    "abonela|abonelos|abonelas|abonalo|abonala|abonalos|liquidelo|liquidela|liquidelos|liquidelas|"
    "liquidalo|liquidala|"
    "cancelelo|cancelela|cancelelos|cancelelas|cancelalo|cancelala|cancelalos|saldelo|saldela|"
    "saldalo|saldala|cubralo|"
    "cubrala|cubralos|cubrelo|completelo|completela|girelo|giralo|enviemelo|mandemelo",
    "paguenlo|paguenla|paguenlos|depositenlo|abonenlo|cancelenlo|liquidenlo",
    "pague|paga|quite|quita|deposite|transfira|liquide|acerte|regularize <1> "
    "o|a|os|as|ja|hoje|agora|seu|sua|esse|essa",
    "quite|quitar|acerte|acertar <3> "
    "divida|debito|conta|saldo|parcela|parcelas|boleto|fatura|pendencia|restante",
    "liquide|liquida|liquidar|salde|salda|cubra|cubre|complete|completa|cancele|cancela <3> "
    "adeudo|resto|restante|diferencia|faltante|pendientes|vencido",
    "esperamos|espero|aguardamos|aguardo|falta <3> "
    "resto|restante|diferencia|faltante|saldo|pagamento|mitad|valor",
    "no|nao <2> atrase|atrases|atrasen|atrasar|retrase|retrases|atrasarse",
    "evite|evita|evitar <2> atrasos|atraso|atrasarse|mora",
    "no|nao <1> deje|dejes|deixe de pagar|abonar|cancelar|depositar|quitar|cumplir",
    "aun|todavia|ainda|tambien <2> nos debe|debes|deve|adeuda",
    "nos debe|debes|adeuda|adeudas|deve <2> $*|r$*|s|q|pesos|cuota|cuotas|resto|*",
    "queda|quedas|sigue|sigues debiendo",
};

}  // namespace

std::span<const std::string_view> identity() { return kIdentity; }
std::span<const std::string_view> statement() { return kStatement; }
std::span<const std::string_view> statement_object() { return kStatementObject; }
std::span<const std::string_view> statement_inner() { return kStatementInner; }
std::span<const std::string_view> statement_link() { return kStatementLink; }
std::span<const std::string_view> statement_undone() { return kStatementUndone; }
std::span<const std::string_view> statement_condition() { return kStatementCondition; }
std::span<const std::string_view> notice_pressure() { return kNoticePressure; }
std::span<const std::string_view> debt() { return kDebt; }
std::span<const std::string_view> way_out() { return kWayOut; }
std::span<const std::string_view> demand() { return kDemand; }
std::span<const std::string_view> harmless() { return kHarmless; }

}  // namespace puntual::compliance::phrases
