// Threats, what looks judicial, credit registers.
#include "core/compliance/content_phrases.h"
#include "core/compliance/word_classes.h"

namespace puntual::compliance::phrases {
namespace {

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
    // What will happen to you.
    "va|vas|van|vais|vai|vao|iras <2> ver|saber|conocer <1> de|con|lo|quien|quienes|so|com quem|que|lo|quien|quienes",
    "de|do <1> que <1> soy|somos|sou capaz|capaces|capazes",
    "vida imposible|impossivel|cuadritos|infierno",
    "con|com quien|quienes|quem <2> metio|metiste|mete|meten|mexeu|mexendo|trata|tratas|jugando|lidando",
    "tendra|tendras|tera|tener|ter <2> problema|problemas",
    "se|te|os atiene|atienes|atendra|atendras|ateneis",
    "atengase|atenganse|atente|atenete|ateneos|aguentese|aguente|arque <3> consecuencia|consecuencias|"
    "consequencia|consequencias|lo",
    "asuma|asumir|asumira|arcar|arcara|sofrer|sofrera|sufra|sufrir|enfrente|aguentar <3> "
    "consecuencias|consequencias|resultados",
    "ir|ira|irle|irte|fue|terminar|terminara|acabar|acabara <1> mal|pesimo|feo|malisimo",
    "por|a|na la|las|mal|forca|marra|mala|bem fuerza|malas|paga|mala|ou|o",
    "por mal|forca",
    "por|a|de las buenas",
    "ultima|ultimo vez|chance|advertencia|advertencias que|ou|o|antes|para <4> escrib*|avis*|buenas|"
    "digo|pido|pedimos|deposit*|pag*|falo|aviso",
    "ultima|ultimo chance|advertencia",
    "le|te|lo|la|les|os|lhe juro|juramos",
    "advierto|advertimos|advertido|advertida|advertidos|adverti",
    "queda|quedas|quedan|esta|estas|fica <1> avisado|avisada|notificado|prevenido",
    "susto|sustos",
    "cuide|cuida|cuidese|cuidate <1> lo|la|su|tu|o|las|de <1> espalda|espaldas|que tiene|tienes|tem|"
    "quiere|quieres|ama",
    "cuide|cuida <1> espalda|espaldas|lo que",
    "piense|piensa|pense|pensa|acuerdese|recuerde <1> en|na|nos|no|que <3> seguridad|suyos|familia|"
    "hijos|filhos|consecuencias|consequencias|seguranca|integridad",
    "seguridad|integridad|seguranca|integridade <1> de|da|fisica <2> suyos|familia|hijos|filhos|seres",
    "lo que le|te|les|lhe|pueda|puede|pase|vaya pase|pasa|pasara|pasar|suceder|suceda|ocurra|a|pasarle|sucederle",
    "o que <2> acontecer|acontece",
    "no|nao <1> respondo|respondemos|responsabilizo|responsabilizamos <3> lo|que|pelo|acontec*",
    "brinca*|brincando|jugando|jogando|juega|juegue|juegues <2> fogo|fuego|conmigo|comigo|nosotros",
    "burla|burlan|burlar|burlarse|burlando|burle|burles|tomar|tomando <1> de|nosotros|mi|el|pelo",
    "no|nao <1> nos|me <1> obligue|obligues|obliguen|obrigue|obriga|fuerce|haga|force",
    "atitude|atitudes|medida|medidas|accion|acciones|acoes|acao|decision|decisiones <1> "
    "drastica|drasticas|extrema|extremas|severa|severas|seria|serias|dura|duras|energica|energicas|"
    "radicales|radicais|fuertes",
    "sabemos|sabremos|sabre|sabemos|sei como|donde|onde|quien|quienes <2> hacer|hacerle|hacerte|"
    "hacerlo|cobrar|cobrarle|encontrar|encontrarle|encontrarte|vive|vives|trabaja|trabajas|mora|"
    "trabalha|estudia|estudian|es|son|anda|buscar",
    "nadie|ninguem <1> me|nos <2> queda|deve|debe|debiendo",
    "hacerse|haga|hagas|hacerte|faca|se|te <1> el|la|de vivo|viva|loco|loca|listo|desentendid*|esperto|"
    "tonto|sordo|besta|morto",
    // We are coming.
    "iremos|ire|voy|vou|vamos|vamo|mandaremos|visitaremos|llegaremos|caeremos|pasaremos|aparecemos|"
    "apareceremos|estaremos <5> casa|domicilio|trabajo|residencia|puesto|negocio|porta|puerta|"
    "trabalho|oficina",
    "gente|muchachos|chicos|cobradores|rapazes|meninos|pessoal|equipe|equipo|motorizado|motorizados|"
    "hombres <2> ira|iran|va|van|vai|vao|pasara|pasaran|visitara|visitaran|aparece|aparecera|cair "
    "<4> casa|puesto|trabajo|trabalho|negocio|domicilio|buscar*|visitar*|porta|puerta|ai",
    "mandar*|enviar*|mando|envio|mande <3> muchachos|gente|cobradores|rapazes|motorizado|motorizados|"
    "matones|hombres|alguien <4> casa|visitar*|buscar*|cobrar*|trabajo|puerta",
    "a gente aparece|passa|vai <1> ai|atras|sua|te",
    "vou|vamos|iremos|ir|voy|ire|ando <1> atras|detras|tras de|do|da|tuyo|suyo|ti|usted|voce",
    "sacar|sacarle|sacarte|sacaremos|quitarle|quitarte|quitaremos|quitamos|retiraremos|retirara|"
    "retiramos|llevaremos|llevarnos|llevarme|llevara|llevaran|levar|levaremos|tomar|tomaremos|tirar|"
    "tiraremos|arrancar <4> cosas|mercaderia|mercancia|pertenencias|muebles|moto|carro|auto|"
    "televisor|televisao|coisas|bens|geladeira|bienes|vehiculo|herramientas",
    "cambio|cambiamos|cambiaremos|cambiar|cambiare|trocar|troco|trocamos|trocaremos <2> cerradura|"
    "cerraduras|chapa|fechadura|fechaduras|candado|guarda",
    "conversa|conversacion|platica|charla|historia|trato <3> outra|otra|otro|diferente|distinta|"
    "distinto",
    "no|nao <3> platicar|conversar|dialogar|hablar|charlar <1> mas|mais|bonito|precisamente",
    "no|nao van|vamos|vao|iran|vengo <2> a platicar|conversar|charlar",
    "romper*|quebrar* <2> cara|piernas|pierna|huesos|dientes|alma|vidrios|pernas|dentes",
    "matar|matarte|matarle|matamos|golpear*|golpiza|palos|balazo|balazos|plomo|tiro|tiros|paliza|"
    "surra|porrada",
    "perder|perdera|perderas|perdemos|se <2> paciencia",
    "paciencia|paciencia <3> agot*|acab*|termin*|limite|fin",
    // Names that nobody may be called.
    "mal|mala pago|paga|pagador|pagadora|pagadores",
    "verguenza|vergonha|sinverguenza|sinverguenzas|caradura|conchudo|conchuda",
    "calote|caloteiro|caloteira|caloteiros|pilantra|pilantragem|malandro|malandra|vagabundo|vagabunda|"
    "safado|safada|golpista|trambiqueiro|trambiqueira|mentiroso|mentirosa|picaro|ratero|rateros|"
    "delincuente|delincuentes|bandido|bandida|miserable|muerto|muerta|payaso|idiota|estupido|"
    "estupida|imbecil|basura|lacra|desgraciado|desgraciada|maldito|maldita|cinico|cinica|chanta|"
    "ladrones|rateras|lixo|criminal|criminales|aprovechado|aprovechada|vividor|vividora",
    // In front of everybody.
    "publicar|publicare|publicaremos|publicamos|publico|subir|subire|subiremos|subimos|postar|postarei|"
    "postaremos|postamos|divulgar|divulgaremos|difundir|difundiremos|exponer|expondremos|expor|"
    "mostrar|colgar|colgaremos|pegar|pegaremos|colar|compartir|compartiremos <5> foto|fotos|nombre|"
    "nome|cara|rostro|rosto|lista|redes|facebook|instagram|muro|mural|status|grupo|datos",
    "contar|contare|contaremos|contarle|decir|diremos|dire|avisar|avisare|saber|sepa|sepan|saibam|saiba|enterar|"
    "enteren|entere|enteraran|enterara|falar|espalhar <5> toda|todo|todos|todas <2> cuadra|barrio|"
    "vecindario|vecinos|edificio|pueblo|colonia|mundo|redes|contactos|amigos|companeros|bairro|"
    "vizinhos|predio|cidade|rua|condominio|contatos|familia",
    "sujar|sujamos|sujaremos|sujo <1> nome",
    "vou|vamos atras",
    // Pay, or else.
    "pague|paga|pagas|pagan|pagais|paga|salde|deposite|deposita|cancele|liquide <9> o|ou <1> le|te|lo|la|"
    "os|se|a juro|va|vas|vai|voy|vou|vamos|gente|haremos|hare|sofre|sufrira|pesara|arrepent*|iremos",
    "va|vas|vai|vao|van <2> pagar <1> caro|carisimo|consecuencias|consequencias",
    "no|nao <2> gustar|gustara|gostar <2> lo|o|que",
    "consecuencias|consequencias <2> graves|serias|legales|negativas|severas|penales|judiciais|legais",
    "detenido|detenida|arrestado|arrestada|arresto|capturado|capturada|detencion|captura|aprehension",
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
    "abogado|abogados|abogada|abogadas|advogado|advogados|advogada|letrado|letrados",
    "juridico|juridicos|juridica|juridicas|juridicamente|judicializar|judicializaremos|judicializado|"
    "judicializacion|prejuridico|prejuridica|prejudicial|judicializara",
    "penalmente|legalmente|judicialmente",
    "proceder|procederemos|proceda|procedera|actuar|actuaremos <2> legalmente|penalmente|judicialmente",
    "peticao|inicial pronta|inicial|distribuir",
    "peticao",
    "no|o|ao|do forum",
    "evite|evitar|abrir|abriremos|mover|moveremos|entrar|entraremos|iniciar|ajuizar|responder <2> "
    "processo|processos|acao|acoes",
    "processo|processos n|no|numero|judicial|executivo|execucao|civel|criminal|trabalhista",
    "ajuizar*|ajuizad*|ajuizamento",
    "oficial|oficiais de justica",
    "na|a|pela justica",
    "justicia|justica",
    "litigio|litigios|litigar|pleito|contencioso|monitorio|burofax|ujier|alguacil|alguaciles",
    "audiencia|audiencias|comparezca|comparecer|compareca|comparecencia|comparecimento",
    "cita|citado|citada|citamos|citar|cite por|a|en|ante <3> primera|segunda|tercera|ultima|juez|"
    "tribunal|juzgado|comparecer|declarar",
    "esquela|requisitoria|exhorto|mandamiento|mandado|sentencia|sentencias|fallo judicial",
    "esquela",
    "carta documento",
    "cartas documento",
    "intimacion|intimaciones|intimamos|intima|intimado|intimada|intimo|intimacao|intimacoes|intimese",
    "medida|medidas cautelar|cautelares|precautoria|precautorias",
    "cautelar|cautelares",
    "desalojo|desalojos|desahucio|desalojar|desalojado|despejo|lanzamiento judicial",
    "desalojo|desahucio|despejo",
    "penhora|penhoras|penhorar|penhorado|penhorados|leilao",
    "bloqueio|bloquear|bloqueadas|bloqueada <2> conta|contas|bens|salario",
    "retencion|retener|retenido|descuento <3> sueldo|salario|judicial",
    "busca e apreensao",
    "ejecucion|execucao <1> forzosa|judicial|hipotecaria|fiscal|de|del",
    "secuestro|incautacion|incautar*|incautaremos <2> bienes|vehiculo|moto|carro|judicial|auto",
    "denuncia|denuncias|denunciado|denunciada|denuncie|denunciaremos|querella|querellas",
    "delito|delitos|fraude|estafa|estelionato|crime",
    "policia|carcel|prision|orden de captura|carcere|delegacia|boletim|comisaria",
    "proceso|procesos|tramite|tramites|via|vias|etapa|accion|acciones|cobro|cobranza|recurso|recursos "
    "<1> legal|legales|penal|penales|civil|coactivo|coactiva|ejecutivo|ejecutiva|forzoso",
    "coactivo|coactiva|coactivamente",
    "cartorio|cartorios|protesto|protestos|protestado|protestada|protestar|protestaremos",
    "custas|costas procesales|judiciales|processuais",
    "foro|fuero civil|comercial|competente",
    "sede|instancia|instancias|autoridad|autoridades judicial|judiciales|competente|competentes",
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
    "procredito|fenalco|xchange|sinacofi|nosis|scpc|cadin|infornet|infored|inforcomf|infocred|infocenter|"
    "infocom|sugef|badexcug|apc|cicla|riesgonet|datum|cibil|midatacredito|infocheck|infoexperto|sibcra",
    "sbs|bcra|asfi|bcu|cmf <3> pasara|veran|informa*|report*|calificacion|perdida|dudoso|situacion|deudor|deudores",
    "calificacion|clasificacion|situacion|informa*|report*|categoria|aparec*|figur*|consta* <4> "
    "sbs|bcra|asfi|bcu|cmf|sib|sibcra",
    "calificacion|clasificacion|puntaje|puntuacion|score|historial|record|reputacion|perfil|situacion|"
    "vida|comportamiento|imagen|expediente|reporte|informe|referencia|referencias|hoja|antecedentes|"
    "historico|pontuacao|reputacao "
    "<1> crediticia|crediticio|crediticias|crediticios|bancaria|bancario|credito|crediticia|financiera|sbs|apc|crediario",
    "score|scores",
    "situacion|categoria 2|3|4|5|dos|tres|cuatro|cinco|irregular",
    "negativacao|negativacoes|negativar|negativado|negativada|negativados|negativaremos|negativamos|"
    "negativara",
    "nome|cpf|cnpj <3> sujo|suja|limpo|restricao|restricoes|restrito|negativado|protestado|inscrito|"
    "cadastro|cadastros",
    "sujar|sujara|limpar|limpe <1> o|seu nome",
    "restricao|restricoes <2> cpf|nome|credito|cadastral|cadastrais|cnpj|financeira",
    "orgaos|orgao|cadastro|cadastros|servico <2> protecao|restritivo|restritivos|inadimplentes|credito",
    "protecao ao|de credito",
    "fichero|ficheros|archivo|registro|registros|base|bases|listado|listados|banco|lista|listas <3> "
    "morosos|morosidad|solvencia|deudores|incumplidos|inadimplentes|crediticia|crediticias|riesgo|"
    "riesgos|devedores|mora|credito",
    "centrales|central <2> riesgo|riesgos|informacion|crediticia|crediticias|deudores|credito",
    "oficina|oficinas|empresa|empresas|entidad|entidades|agencia|agencias|buros <2> credito|riesgo|crediticia",
    "mancha*|manchar*|danar*|dana|dane|afecta*|afecte|perjudica*|arruina*|ensucia*|prejudica* <3> "
    "credito|crediticio|crediticia|historial|score|cpf|nombre|calificacion|referencias",
    "report*|informar*|informad*|registr*|inscrib*|inclui*|inclus*|anotar*|anotad* <4> buro|buros|centrales|"
    "central|registro|cadastro|negativ*|morosos|riesgo|fichero|dicom|boletin",
    "buen nombre <1> comercial|financiero|crediticio",
    "credito manchado|danado|cerrado|bloqueado",
    "puertas|acceso|opciones <3> credito|creditos|prestamos <2> cerra*|bloquea*|negad*",
    "moroso|morosos|deudor en|de mora|dicom|bancos|sistema",
};

}  // namespace

std::span<const std::string_view> threat() {
  static const ExpandedPhrases expanded(kThreat);
  return expanded.views();
}

std::span<const std::string_view> court() {
  static const ExpandedPhrases expanded(kCourt);
  return expanded.views();
}

std::span<const std::string_view> credit_register() {
  static const ExpandedPhrases expanded(kCreditRegister);
  return expanded.views();
}

}  // namespace puntual::compliance::phrases
