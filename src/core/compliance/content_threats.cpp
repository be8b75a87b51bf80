// Threats, what looks judicial, credit registers.
#include "core/compliance/content_phrases.h"
#include "core/compliance/word_classes.h"

namespace puntual::compliance::phrases {
namespace {

constexpr std::string_view kThreat[] = {
    "embarg*|desembarg*",
    "penhor*",
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
    "va|vas|van|vais|vai|vao|iras <2> ver|saber|conocer <1> de|con|lo|quien|quienes|so|com "
    "quem|que|lo|quien|quienes",
    "de|do <1> que <1> soy|somos|sou capaz|capaces|capazes",
    "vida imposible|impossivel|cuadritos|infierno",
    "con|com quien|quienes|quem <2> "
    "metio|metiste|mete|meten|mexeu|mexendo|trata|tratas|jugando|lidando",
    "tendra|tendras|tera|tener|ter <2> problema|problemas",
    "se|te|os atiene|atienes|atendra|atendras|ateneis",
    "atengase|atenganse|atente|atenete|ateneos|aguentese|aguente|arque <3> "
    "consecuencia|consecuencias|"
    "consequencia|consequencias|lo",
    "asuma|asumir|asumira|arcar|arcara|sofrer|sofrera|sufra|sufrir|enfrente|aguentar <3> "
    "consecuencias|consequencias|resultados",
    "ir|ira|irle|irte|fue|terminar|terminara|acabar|acabara <1> mal|pesimo|feo|malisimo",
    "por|a|na la|las|mal|forca|marra|mala|bem fuerza|malas|paga|mala|ou|o",
    "por mal|forca",
    "por|a|de las buenas",
    "ultima|ultimo vez|chance|advertencia|advertencias que|ou|o|antes|para <4> "
    "escrib*|avis*|buenas|"
    "digo|pido|pedimos|deposit*|pag*|falo|aviso",
    "ultima|ultimo chance|advertencia",
    "le|te|lo|la|les|os|lhe juro|juramos",
    "advierto|advertimos|advertido|advertida|advertidos|adverti",
    "queda|quedas|quedan|esta|estas|fica <1> avisado|avisada|notificado|prevenido",
    "susto|sustos",
    "cuide|cuida|cuidese|cuidate <1> lo|la|su|tu|o|las|de <1> espalda|espaldas|que "
    "tiene|tienes|tem|"
    "quiere|quieres|ama",
    "cuide|cuida <1> espalda|espaldas|lo que",
    "piense|piensa|pense|pensa|acuerdese|recuerde <1> en|na|nos|no|que <3> seguridad|suyos|familia|"
    "hijos|filhos|consecuencias|consequencias|seguranca|integridad",
    "seguridad|integridad|seguranca|integridade <1> de|da|fisica <2> "
    "suyos|familia|hijos|filhos|seres",
    "lo que le|te|les|lhe|pueda|puede|pase|vaya "
    "pase|pasa|pasara|pasar|suceder|suceda|ocurra|a|pasarle|sucederle",
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
    "hacerse|haga|hagas|hacerte|faca|se|te <1> el|la|de "
    "vivo|viva|loco|loca|listo|desentendid*|esperto|"
    "tonto|sordo|besta|morto",
    // We are coming.
    "iremos|ire|voy|vou|vamos|vamo|mandaremos|visitaremos|llegaremos|caeremos|pasaremos|aparecemos|"
    "apareceremos|estaremos <5> casa|domicilio|trabajo|residencia|puesto|negocio|porta|puerta|"
    "trabalho|oficina",
    "gente|muchachos|chicos|cobradores|rapazes|meninos|pessoal|equipe|equipo|motorizado|"
    "motorizados|"
    "hombres <2> ira|iran|va|van|vai|vao|pasara|pasaran|visitara|visitaran|aparece|aparecera|cair "
    "<4> casa|puesto|trabajo|trabalho|negocio|domicilio|buscar*|visitar*|porta|puerta|ai",
    "mandar*|enviar*|mando|envio|mande <3> "
    "muchachos|gente|cobradores|rapazes|motorizado|motorizados|"
    "matones|hombres|alguien <4> casa|visitar*|buscar*|cobrar*|trabajo|puerta",
    "a gente aparece|passa|vai <1> ai|atras|sua|te",
    "vou|vamos|iremos|ir|voy|ire|ando <1> atras|detras|tras de|do|da|tuyo|suyo|ti|usted|voce",
    "sacar|sacarle|sacarte|sacaremos|quitarle|quitarte|quitaremos|quitamos|retiraremos|retirara|"
    "retiramos|llevaremos|llevarnos|llevarme|llevara|llevaran|levar|levaremos|tomar|tomaremos|"
    "tirar|"
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
    "calote|caloteiro|caloteira|caloteiros|pilantra|pilantragem|malandro|malandra|vagabundo|"
    "vagabunda|"
    "safado|safada|golpista|trambiqueiro|trambiqueira|mentiroso|mentirosa|picaro|ratero|rateros|"
    "delincuente|delincuentes|bandido|bandida|miserable|muerto|muerta|payaso|idiota|estupido|"
    "estupida|imbecil|basura|lacra|desgraciado|desgraciada|maldito|maldita|cinico|cinica|chanta|"
    "ladrones|rateras|lixo|criminal|criminales|aprovechado|aprovechada|vividor|vividora",
    // In front of everybody.
    "publicar|publicare|publicaremos|publicamos|publico|subir|subire|subiremos|subimos|postar|"
    "postarei|"
    "postaremos|postamos|divulgar|divulgaremos|difundir|difundiremos|exponer|expondremos|expor|"
    "mostrar|colgar|colgaremos|pegar|pegaremos|colar|compartir|compartiremos <5> foto|fotos|nombre|"
    "nome|cara|rostro|rosto|lista|redes|facebook|instagram|muro|mural|status|grupo|datos",
    "contar|contare|contaremos|contarle|decir|diremos|dire|avisar|avisare|saber|sepa|sepan|saibam|"
    "saiba|enterar|"
    "enteren|entere|enteraran|enterara|falar|espalhar <5> toda|todo|todos|todas <2> cuadra|barrio|"
    "vecindario|vecinos|edificio|pueblo|colonia|mundo|redes|contactos|amigos|companeros|bairro|"
    "vizinhos|predio|cidade|rua|condominio|contatos|familia",
    "sujar|sujamos|sujaremos|sujo <1> nome",
    "vou|vamos atras",
    // Pay, or else.
    "pague|paga|pagas|pagan|pagais|paga|salde|deposite|deposita|cancele|liquide <9> o|ou <1> "
    "le|te|lo|la|"
    "os|se|a "
    "juro|va|vas|vai|voy|vou|vamos|gente|haremos|hare|sofre|sufrira|pesara|arrepent*|iremos",
    "va|vas|vai|vao|van <2> pagar <1> caro|carisimo|consecuencias|consequencias",
    "no|nao <2> gustar|gustara|gostar <2> lo|o|que",
    "consecuencias|consequencias <2> "
    "graves|serias|legales|negativas|severas|penales|judiciais|legais",
    "detenido|detenida|arrestado|arrestada|arresto|capturado|capturada|detencion|captura|"
    "aprehension",
    "va|vas|van|vai|vao|vais <2> "
    "acordar|lembrar|llorar|chorar|lamentar|lamentarlo|sufrir|sofrer|temblar|"
    "rogar|arrepentir|arrepender|pesar|doler|conocer|conocernos|ferrar|danar|buscar|encontrar|"
    "achar|perder <1> *",
    "lamentara|lamentaras|lamentarlo|pesara|arrepentira|arrepentiras|arrepentirse|sufrira|llorara",
    "me|nos las|la <2> pagar|pagara|pagaras|paga",
    "no|nao|esto|isso <4> queda|quedar|quedara|ficar|ficara|fica asi|assim",
    "no|nao <2> dej* <3> paz|tranquilo|tranquila|dormir|vivir",
    "no|nao <2> va|vas|vai|podra|podras <3> "
    "dormir|descansar|escapar|esconder|salvar|librar|escapar|fugir",
    "si|se <1> quiere|quieres|quer|queres|desea <4> "
    "tranquilo|tranquila|paz|problemas|lios|evitar|dormir|seguir",
    "evite|evitese|evita|evitate|evitar|evitando|ahorrese|ahorrate|poupe <2> "
    "problemas|disgustos|males|"
    "escandalos|escandalo|verguenzas|bochornos|aborrecimentos|constrangimento|constrangimentos|mal|"
    "malos|dor|pena",
    "escandalo|escandalos|bochorno|humillar|humillarlo|humillacion|ridiculo|humilhar|funa|funar|"
    "funarlo|funarla|"
    "funado|funaremos|quemarlo|quemarla|quemaremos|escracho|esculacho",
    "parlante|megafono|perifoneo|perifonear|cartel|carteles|pancarta|pancartas|faixa|faixas|gritar|"
    "gritaremos|gritando",
    "perder|perdera|perderas|pierda|perca|perdera|quedara|quedaras|despidan|echen|boten|corran|"
    "demitir|demitam <3> "
    "trabajo|empleo|emprego|calle|rua|trabalho",
    "despidan|despedir|despedido|despedida|demitido|demitida",
    "dej*|qued*|deix*|fic* <4> en|na la|rua <1> calle|sem|*",
    "por|pelo su|tu|seu|teu|el bien|bem",
    "sera|ser|ira|ir|fica|ficar|resultar|pasara|esperar <2> peor|pior|feo|feia|fea|ruim",
    "peor|pior para|pra|le|a|sera|vai",
    "coisa|cosa|cosas|bicho <3> fea|feas|feia|pegar|complicar|poner|ponen|grave|seria",
    "pesadilla|pesadelo|tormento|inferno|infierno|venganza|vinganca|represalia|represalias|"
    "retaliacao",
    "amenaza|amenazas|ameaca|ameacas|amenazo|amenazamos",
    "tenga|tene|ten|ande|anda|andate|tome|tenha|toma <1> mucho|muito|cuidado|con|com",
    "ojo|olho <1> con|com|que|abierto|aberto",
    "abra|abre <2> ojo|ojos|olho|olhos",
    "fica|fique|quede|pongase|ponte|ponete esperto|esperta|pilas|ligado",
    "no|nao <1> me|nos <1> "
    "provoque|haga|hagas|hagan|busque|busques|teste|tiente|faca|obliguen|fuerce|rete",
    "paciencia",
    "me|nos canse|cansamos|cansei|harte|hartamos|enoj*|colmo",
    "juega|jugando|jugar|juegue|meta|metas|meterse|mexa|mexer <1> con|com",
    "algo <2> malo|ruim|grave|feo|pase|pasar|pasarle|suceda|acontec*",
    "accidente|accidentes|acidente|peligro|perigo",
    "seria|sera|que <1> pena|lastima|lastimoso <2> que|si|se",
    "antes <2> que sea|seja <1> tarde|tarde",
    "demasiado tarde",
    "hijos|filhos|hija|hijo|filho|filha|ninos|criancas|nietos <4> "
    "escuela|colegio|estudia|estudian|salen|sale|sufr*|"
    "pagaran|pagar|escola|caminho|camino",
    "escuela|colegio|escola <3> donde|onde|van|vai|estudian <3> hijos|hijo|hija|filhos|filho",
    "en|a la|su|tu puerta|porta",
    "na|a sua|tua porta",
    "tocar|bater|golpear|patear|tumbar|cair|caer|caerle|caerte|parar|estacionar|instalar <4> "
    "puerta|porta|casa|portao",
    "caerle|caerte|caemos|caeremos",
    "esconder|esconderse|escondas|esconda|escondiendo|escondendo|huir|fugir|fuja|corra|escapar|"
    "escape",
    "debajo|abajo de <2> piedras|piedra|tierra",
    "donde|onde <1> se|te|estes|este|quer|vayas|vaya <2> meta|metas|esconda|escondas|vayas|que",
    "encontraremos|hallaremos|ubicaremos|encontrarlo|encontrarla|encontrarte|acharemos|acharmos|"
    "perseguir*|cazar*",
    "cobr* <5> otra|otras|otros|otro|outra|outro|outros|malas <1> "
    "manera|maneras|forma|formas|medios|metodos|meios|jeito|modo",
    "de|por una|uma|un|um forma|manera|jeito|modo <1> o|ou <1> de|otra|outra|outro",
    "pessoalmente|personalmente <3> cobr*|busc*|casa|visit*|por",
    "cobrar|cobrarle|cobrarte|buscar|buscarlo|visitar <2> personalmente|pessoalmente|persona",
    "rigor|peso <2> ley|lei|caiga",
    "ultimas consecuencias|consequencias",
    "cartas en el asunto",
    "decomis*|confisc*|incaut*|rematar*|liquidar* <4> bienes|casa|moto|carro|auto|todo|cosas",
    "contactos|fotos|galeria|agenda <4> celular|telefono|telefone|equipo",
    "acceso|tenemos|acesso|temos <3> contactos|fotos|galeria|agenda|contatos",
    "bloquear|bloquearemos|bloqueamos|hackear|bloqueado <3> celular|telefono|equipo|aparelho",
    "report*|denunci*|avis* <3> sat|sunat|dian|afip|receita|hacienda|migracion|policia|embajada",
    "deportar*|deportacion|migracion",
    "karma|castigo|castigar*|escarmiento|leccion|licao",
    "sea|seja|se <1> hombre|homem|hombrecito",
    "de|da|dar|tenga|tiene|tienes|tenes|ponga|poner <1> la|cara <1> cara|de",
    "vergonha|verguenza",
    "cara de pau|palo",
    "poco|poca|falta|sin|nula <1> "
    "hombre|verguenza|palabra|seriedad|moral|etica|carater|educacion|decencia",
    "no|nao <1> tiene|tienes|tenes|tem|vale <1> "
    "palabra|palavra|moral|dignidad|honor|vergonha|carater|nada",
    "gente|personas|pessoas|clientes|tipos|gentuza <1> como|de "
    "usted|ustedes|tu|vos|voce|vc|ti|su|tu|esa|clase",
    "que|la clase de <1> persona|gente|cliente|padre|madre",
    "vive|vives|vivir|vivendo|viver <1> de|do|a <1> ajeno|otros|alheio|costa|gratis|arriba",
    "robando|robaste|robarnos|robarme|robo|roba|roubando|roubou|roubar|robarle|robar",
    "da|das|causa|me asco|nojo|lastima|pena",
    "zangano|parasito|sanguijuela|abusivo|abusiva|abusador|abusadora|garca|chorro|chorra|atorrante|"
    "malparido|"
    "malparida|hijueputa|hdp|fdp|gonorrea|pirobo|culero|maleante|manoso|embustero|embustera|"
    "farsante|patan|"
    "ignorante|gorron|jeton|carepalo|otario|trouxa|merda|mierda|desonesto|desonesta|deshonesto|"
    "deshonesta|"
    "folgado|folgada|cretino|cretina|malagradecido|malagradecida|ingrato|ingrata|fracasado|"
    "fracasada|pendejo|pendeja|cabron|huevon|boludo|pelotudo|carajo|puta|puto|gilipollas|jeta|"
    "sucio|cochino|"
    "mugroso|muertodehambre|inutil|vergonhoso|vergonzoso|irresponsavel|irresponsables|rateria|"
    "bandidaje|cobarde|covarde",
    // Of a person only: interest, credits and procedures are "ordinarios", values "brutos".
    "es|sos|eres|sea|seas|usted|ustedes|vos|tu un|una|bien|muy|tan|mas|por|de "
    "ordinario|ordinaria|ordinarios|ordinarias|bruto|bruta|brutos|brutas",
    "oye|oiga|mire|ay|sos|eres|seas|usted|ustedes|vos|por|tan|viejo|vieja|senor|senora "
    "ordinario|ordinaria|ordinarios|ordinarias|bruto|bruta|brutos|brutas",
    "hp|hpta",
    "mau|ma|mala|mal pagador|carater|persona|gente|cliente",
    "como <1> si <1> nada|fuera|estupidos|tontos|pendejos",
    "nos|me|le|te <2> cara <1> de|estupido|tonto|idiota|imbecil",
    "cobradores|cobrador|matones|sicarios|pandilla|mafia|barra|gotagota",
    "yo|eu|nosotros|nos|mi|minha <1> mismo|mesmo|propia|personalmente <2> voy|vou|ire|vamos|a",
    "pase|pasa|acontec*|suceda|ocurra lo|o que <1> pase|acontec*|suceda|ocurra|tenga",
    "o|ou <1> si|se|de no|nao|lo|contrario <3> "
    "iremos|vamos|haremos|tomaremos|procederemos|llegaremos|mandaremos|"
    "publicaremos|quitaremos|actuaremos|vou|voy|ire",
    "no|nao <1> digas|diga|digan <2> no|nao|que <1> te|le|se|avis*",
    "no|nao <3> sabe|sabes|saben|imagina|imaginas <3> "
    "espera|viene|pasar|puedo|podemos|capaz|mete|hacer|vem",
    "le|te|lo|la|les <1> espera|esperamos <1> algo|una|afuera|mala|sorpresa|en",
    "sorpresa|sorpresas|surpresa|visita|visitas|visitinha|visitita <1> "
    "desagradable|desagradables|nada|inesperada|ingrata|nuestra|nossa|no",
    "recibir|recibira|tendra|reciba|receber|recebera|haremos|hare <2> "
    "visita|visitas|visitinha|visitita|sorpresa",
};

constexpr std::string_view kCourt[] = {
    "embarg*|desembarg*",
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
    "carta|cartas|requerimiento|notificacion|aviso|via|conducto notarial|notariales",
    "perito|peritos|tasador|tasadores|avaluador",
    "inventario|inventarios|inventariar <2> bienes|pertenencias|muebles|bens",
    "acao judicial",
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
    "juridico|juridicos|juridica|juridicas|juridicamente|judicializar|judicializaremos|"
    "judicializado|"
    "judicializacion|prejuridico|prejuridica|prejudicial|judicializara",
    "penalmente|legalmente|judicialmente",
    "proceder|procederemos|proceda|procedera|actuar|actuaremos <2> "
    "legalmente|penalmente|judicialmente",
    "peticao|inicial pronta|inicial|distribuir",
    "peticao",
    "no|o|ao|do forum",
    "evite|evitar|abrir|abriremos|mover|moveremos|entrar|entraremos|ajuizar <2> "
    "processo|processos|acao|acoes",
    "processo|processos n|numero|judicial|executivo|execucao|civel|criminal|trabalhista",
    "ajuizar*|ajuizad*|ajuizamento",
    "oficial|oficiais de justica",
    "na|a|pela|ante|la justica|justicia",
    "litigio|litigios|litigar|pleito|contencioso|monitorio|burofax|ujier|alguacil|alguaciles",
    "audiencia|audiencias|comparezca|comparecer|compareca|comparecencia|comparecimento",
    "cita|citado|citada|citamos|citar|cite por|a|en|ante <3> primera|segunda|tercera|ultima|juez|"
    "tribunal|juzgado|comparecer|declarar",
    "esquela|requisitoria|exhorto|mandamiento|mandado|sentencia|sentencias|fallo judicial",
    "esquela",
    "carta documento",
    "cartas documento",
    "intimacion|intimaciones|intimamos|intima|intimado|intimada|intimo|intimacao|intimacoes|"
    "intimese",
    "medida|medidas cautelar|cautelares|precautoria|precautorias",
    "cautelar|cautelares",
    "desalojo|desalojos|desahucio|desalojar|desalojado|despejo|lanzamiento judicial",
    "desalojo|desahucio|despejo",
    "penhor*|leilao",
    "bloqueio|bloquear|bloqueadas|bloqueada <2> conta|contas|bens|salario",
    "retencion|retener|retenido <3> sueldo|salario|judicial",
    "busca e apreensao",
    "ejecucion|execucao <1> forzosa|judicial|hipotecaria|fiscal|de|del",
    "secuestro|incautacion|incautar*|incautaremos <2> bienes|vehiculo|moto|carro|judicial|auto",
    "denuncia|denuncias|denunciado|denunciada|denuncie|denunciaremos|querella|querellas",
    "delito|delitos|fraude|estafa|estelionato|crime",
    "policia|carcel|prision|orden de captura|carcere|delegacia|boletim|comisaria",
    "proceso|procesos|tramite|tramites|via|vias|etapa|accion|acciones|cobro|cobranza|recurso|"
    "recursos "
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
    "procredito|fenalco|xchange|sinacofi|nosis|scpc|cadin|infornet|infored|inforcomf|infocred|"
    "infocenter|"
    "infocom|sugef|badexcug|apc|cicla|riesgonet|datum|cibil|midatacredito|infocheck|infoexperto|"
    "sibcra",
    "sbs|bcra|asfi|bcu|cmf <3> "
    "pasara|veran|informa*|report*|calificacion|perdida|dudoso|situacion|deudor|deudores",
    "calificacion|clasificacion|situacion|informa*|report*|categoria|aparec*|figur*|consta* <4> "
    "sbs|bcra|asfi|bcu|cmf|sib|sibcra",
    "calificacion|clasificacion|puntaje|puntuacion|score|historial|record|reputacion|perfil|"
    "situacion|"
    "vida|comportamiento|imagen|expediente|reporte|informe|referencia|referencias|hoja|"
    "antecedentes|"
    "historico|pontuacao|reputacao "
    "<1> "
    "crediticia|crediticio|crediticias|crediticios|bancaria|bancario|credito|crediticia|financiera|"
    "sbs|apc|crediario",
    "score|scores",
    "situacion|categoria 2|3|4|5|dos|tres|cuatro|cinco|irregular",
    "negativacao|negativacoes|negativar|negativado|negativada|negativados|negativaremos|"
    "negativamos|"
    "negativara",
    "nome|cpf|cnpj <3> "
    "sujo|suja|limpo|restricao|restricoes|restrito|negativado|protestado|inscrito|"
    "cadastro|cadastros",
    "sujar|sujara|limpar|limpe <1> o|seu nome",
    "restricao|restricoes <2> cpf|nome|credito|cadastral|cadastrais|cnpj|financeira",
    "orgaos|orgao|cadastro|cadastros|servico <2> "
    "protecao|restritivo|restritivos|inadimplentes|credito",
    "protecao ao|de credito",
    "fichero|ficheros|archivo|registro|registros|base|bases|listado|listados|banco|lista|listas "
    "<3> "
    "morosos|morosidad|solvencia|deudores|incumplidos|inadimplentes|crediticia|crediticias|riesgo|"
    "riesgos|devedores|mora|credito",
    "centrales|central <2> riesgo|riesgos|informacion|crediticia|crediticias|deudores|credito",
    "oficina|oficinas|empresa|empresas|entidad|entidades|agencia|agencias|buros <2> "
    "credito|riesgo|crediticia",
    "mancha*|manchar*|danar*|dana|dane|afecta*|afecte|perjudica*|arruina*|ensucia*|prejudica* <3> "
    "credito|crediticio|crediticia|historial|score|cpf|nombre|calificacion|referencias",
    "report*|informar*|informad*|registr*|inscrib*|inclui*|inclus*|anotar*|anotad* <4> "
    "buro|buros|centrales|"
    "central|registro|cadastro|negativ*|morosos|riesgo|fichero|dicom|boletin",
    "buen nombre <1> comercial|financiero|crediticio",
    "credito manchado|danado|cerrado|bloqueado",
    "puertas|acceso|opciones <3> credito|creditos|prestamos <2> cerra*|bloquea*|negad*",
    "moroso|morosos|deudor en|de mora|dicom|bancos|sistema",
    "crediticio|crediticia|crediticios|crediticias|puntaje|pontuacao",
    "historia|hoja|nota|referencia|record|nombre|vida|antecedente <1> de <1> "
    "credito|creditos|financiera",
    "no|nao <2> podra|podras|podria|podrias|podran|podera|conseguira|conseguiras|va|vai|vas <5> "
    "credito|creditos|prestamo|prestamos|tarjeta|tarjetas|emprestimo|financiamento|cartao|hipoteca|"
    "financiar",
    "nombre <2> limpio|sucio|manchado|reportado|negativo|limpia|listas",
    "mancha|manchas|manchar|manche|manchado|manchar <3> nombre|nome|historial|record",
    "reportad* <3> como|en|ante|negativ*|moroso",
    "lo|la|le|te|los|ser|sera|seras "
    "reportaremos|reportamos|reportara|reportaran|reportar|reportado|reportada|reporto",
    "reportarlo|reportarla|reportarte|reportarle|reportarlos|reportaremos",
    "reporte|informe|registro|antecedente|dato|calificacion|referencia negativo|negativos|negativa",
    "sistema|sector|entidades financiero|bancario|financieras <4> "
    "moros*|reporta*|inform*|deudor|negativ*|mancha*",
    "cerra*|perder* <3> puertas|acceso <3> credito|creditos|bancos|sistema|financier*",
    "lista|listas negra|negras|gris|roja",
    "fich*|boletin* <3> moros*|deudor|credito|comercial",
    "evit* <4> negativ*|reporte|reportes|reportado|reportada",
    "limp* <2> nome|nombre|historial",
    "salir|salga|sair|saia|saque|sacar <3> "
    "dicom|buro|serasa|spc|veraz|infocorp|clearing|datacredito|lista",
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
