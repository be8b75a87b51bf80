// Advertising, other people, asking why.
#include "core/compliance/content_phrases.h"
#include "core/compliance/word_classes.h"

namespace puntual::compliance::phrases {
namespace {

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
    "cupon|cupones <1> regalo|descuento|oferta|promo*",
    "por solo $*",
    "por tan solo",
    "rebajas",
    "nueva coleccion",
    "llevate|lleva|lleve|recibe|reciba|obten|obtenga <2> "
    "bono|bonos|regalo|regalos|obsequio|premio|puntos",
    "renueva|renueve|cambia|cambie <2> equipo|plan|celular|telefono",
    "descuento|descuentos <1> en <3> tienda|tiendas|productos|compra|compras",
    "gratis|gratuito|gratuita|gratuitos|gratuitas|cashback|imperdible|imperdibles|imperdivel|"
    "imperdiveis|"
    "preventa|outlet|bonus|brinde|brindes|obsequio|obsequios|liquidazo|ofertas|ofertazo|promociona|"
    "rebaja|sale",
    "off",
    "descuento|descuentos|desconto|descontos <2> en|em|na|no|nas|nos|para|sobre <3> "
    "@product|tienda|tiendas|loja|productos|produtos|compra|compras|proxima|toda|todo|nuestra|"
    "siguiente|articulos|linea|restaurantes|catalogo",
    "compre|comprate|compren|contrata|contrate|contrates|contratar|contratando|contratas|adquiere|"
    "adquiera|adquirir|adquira|adquiri|llevate|llevese|lleve|llevatela|llevatelo|estrena|estrene|"
    "estrenar|invierta|invierte|invista|inverti|aprovecha|aproveche|aproveches|aprovechar|"
    "aprovechen|"
    "aproveita|aproveite|aproveitar|agregue|agrega|agregar|suma|sume|sumar|activa|active|conoce|"
    "conozca|conhe*|descubre|descubra|descubri|probar|prueba|pruebe|experimente|leve|garanta|"
    "asegura|"
    "asegure <5> @product|premium",
    "saca|saque|sacar|solicita|solicite|solicitar|pide|pida|pedi|pedir|pidelo|obten|obtenga|"
    "obtener|"
    "obtene|consigue|consiga|peca|solicitala|faca|haga <4> "
    "nuevo|nueva|otro|otra|novo|nova|tu|su|seu|"
    "sua|un|una|um|uma <1> "
    "prestamo|tarjeta|emprestimo|cartao|seguro|ampliacion|cupo|adelanto|consignado|cotizacion|"
    "orcamento|poliza|refinanciamiento|credito",
    "ampliacion|aumento|ampliar|aumentar|incremento <2> credito|cupo|linea|limite|velocidad|plan",
    "ofrecemos|ofrece|ofrecerle|ofrecerte|ofrecer|oferecemos|oferecer|presentamos|recomendamos|"
    "traemos|"
    "tenemos|temos|trazemos <4> @product|productos|descuentos|novedades|novidades|precios|precos",
    "puede|puedes|podes|pode|puedan|ja|ya <3> pedir|solicitar|sacar|acceder|contratar|adquirir <4> "
    "credito|prestamo|ampliacion|tarjeta|seguro|@product",
    "prestamo|prestamos|credito|creditos|emprestimo|emprestimos <2> "
    "instante|inmediato|rapido|facil|hora|liberado|aprobado|aprobados|preaprobado|disponible|"
    "disponivel|consignado",
    "sin tramites|papeleo|fiador|burocracia|inicial|enganche|membresia|anualidad",
    "sem burocracia|anuidade|entrada|consulta",
    "0km|0 km|cero kilometro|kilometros",
    "entrega minima|inmediata",
    "mitad|metade de|do precio|preco",
    "precio|precios|preco|precos|tarifas "
    "increible|increibles|bajo|bajos|especial|especiales|especiais|promocional|promocionales|"
    "promocionais|locura|remate|imperdible|imperdibles|imperdiveis|baixos|fabrica|unicos",
    "gran|grande|mega|super|nuestra|nuestras|esperada <1> "
    "venta|ventas|liquidacion|feria|barata|subasta|queima|liquidacao|inauguracion|apertura",
    "venta|feria|semana|fiesta de|del <1> aniversario|bodega|garage|liquidacion|cierre",
    "no|nao <1> se|te|lo|la|las|os <1> pierda|pierdas|pierdan",
    "no|nao perca|pierda|pierdas <2> "
    "oportunidad|oportunidade|oferta|promo*|descuento*|chance|essa|esta",
    "gana|gane|ganar|ganate|ganhe|ganha|ganhar|acumula|acumule|duplica|duplique|junte <4> "
    "premio|premios|viaje|viagem|bono|bonos|puntos|pontos|celular|carro|moto|mes|meses|auto|millas|"
    "milhas|televisor|tv|iphone|entradas|descuento|descuentos|desconto|gratis|dinero|brinde",
    "sorteo|sorteos|sorteamos|sortearemos|sorteio|sorteios|rifa|rifas|concurso|concursa|concorra|"
    "concorre|concorrer|concorrendo|ruleta",
    "participa|participe|participar|participas|participando|participara <3> "
    "sorteo|rifa|premio|premios|viaje|promo*|concurso|por|gana",
    "indique|indica|refiere|refiera|referi|recomienda|recomiende|recomenda|invita|invite|trae|"
    "traiga|"
    "traenos|traga|convide <3> amigo|amiga|amigos|amigas|vecino|conocido|conocidos|familiar|colega",
    "lanza|lanzamos|lancamos|lanzo|estrenamos|inauguramos|lanzamiento|lancamento|inaugura <4> "
    "nuevo|nueva|nuevos|nuevas|novo|nova|@product|tienda|sucursal|loja",
    "nuevo|nueva|nuevos|nuevas|novo|nova <1> "
    "plan|planes|plano|coleccion|colecao|catalogo|temporada|"
    "linea de|con|por|premium|desde|2026|2027|familiar",
    "doble|triple|mas|dobro|mais de <1> gigas|megas|datos|puntos|velocidad|internet|dados",
    "mas gigas|megas|canales|velocidad",
    "plan|plano premium|plus|vip|familiar|ilimitado|gold|black|total",
    "siguenos|siganos|sigue|siga|seguinos <3> redes|instagram|facebook|tiktok",
    "visita|visite|venga|ven|veni|vem|venha|acercate|pasa|pase|visitanos|visitenos <4> "
    "tienda|tiendas|loja|showroom|catalogo|feria|ver|conocer|conhecer|aproveit*|aprovech*",
    "por|desde|a apenas|solo|so|somente|solamente|partir|tan <2> r$*|$*|usd|us$*",
    "inscripciones|matriculas|preinscripciones|vacantes|inscricoes abiertas|abertas|disponibles",
    "cotice|cotiza|cotizar|orcamento|presupuesto sin|gratis|sem|conosco|con",
    "peca|pida|pide|solicite <1> orcamento|cotizacion|presupuesto",
    "cupon|cupones|cupom|cupons <1> descuento|desconto|regalo|promocional|off",
    "membresia|suscripcion|assinatura <2> gratis|premium|anual|promocional",
    "invierta|invierte|invista|inversion|depositos|ahorre|ahorra|ahorra <3> "
    "nosotros|conosco|fijo|ganando|rendimiento|rentabilidad|tasa|anual",
    "deposito|depositos a plazo <1> fijo",
    "parceiro|parceiros|aliado|aliados|convenio|marcas <4> "
    "precos|precios|descuento|descuentos|desconto|"
    "descontos|beneficios",
    "llega|llego|llegaron|chegou|chegaram|viene|vem <2> "
    "navidad|natal|temporada|black|coleccion|verano",
    "solo|so|apenas|somente por este|esta|essa|esse|hoje|tiempo <1> mes|semana|fin|dia|limitado",
    "por tiempo|tempo limitado",
    "cupos|vagas|unidades|stock limitados|limitado|limitadas",
    "aproveche|aprovecha|aproveite|aproveita <1> "
    "el|la|los|las|nuestro|nuestra|nuestros|nuestras|o|a|"
    "os|as|e|y <1> @product|precio|precios|temporada|beneficios|tarifa|super|combo|combos|contrate",
    "disfruta|disfrute|disfrutar|desfrute|desfrutar|goce|goza <4> "
    "@product|beneficio|beneficios|promo*|nuevo|nueva|novo|nova",
    "regalo|regalos|regala|regale|regalamos|regalar|presenteie|obsequiamos|giftcard",
    "gift card",
    "felicidades|felicitaciones|parabens|enhorabuena <5> "
    "ganador|ganadora|seleccionad*|elegid*|preaprob*|aprobad*|"
    "selecionad*|aprovad*|prestamo|credito|tarjeta|califica*",
    "necesita|necesitas|precisa|precisas|precisando|necesitando|quiere|quieres|quer|queres|"
    "querendo <2> "
    "dinero|plata|efectivo|dinheiro|grana|liquidez|prestamo|emprestimo|extra|lana|pisto|guita",
    "pregunta|pregunte|preguntanos|preguntenos|consulta|consulte|pergunte <2> "
    "nuestro|nuestra|nuestros|nuestras|nossos|nossas|nosso|nossa <1> "
    "@product|prestamos|creditos|tarjetas|novedades|descuentos|ofertas",
    "cambiate|cambiese|pasate|pasese|migra|migre|mude|troque|upgrade|mejora|mejore|mejorar|turbine|"
    "duplica|duplique|"
    "triplica|triplique|subi|sube|suba|eleve <3> "
    "plan|plano|velocidad|internet|fibra|equipo|celular|paquete|pacote|megas|"
    "velocidade|5g|premium|tarjeta",
    "ahorra|ahorre|ahorras|economize|economiza <2> hasta|ate|un|mas|mais|comprando|en <1> *",
    "segundo|segunda|2da|2do <3> mitad|gratis|metade|descuento|precio|unidad",
    "2|3 x|por 1|2",
    "buen fin|finde",
    "black|cyber|hot friday|monday|week|days|sale|fest|lunes|wow",
    "cyber*|blackfriday|prime day|day",
    "dia de|das|dos|de los|las|la|maes|pais|namorados|madre|padre|criancas|madres|padres|nino <5> "
    "regal*|presente*|descuento*|oferta*|promo*|compr*|celebr*",
    "inscribete|inscribase|inscribite|inscreva|inscrevase|matriculate|matriculese|matricule|"
    "registrate|suscribete|suscribase|"
    "assine|suscribite|afiliate|afiliese|asociate <5> "
    "@product|nuevo|nueva|gratis|ya|hoy|ahora|cupos|vagas|descuento|en|no|na|a",
    "seleccionado|seleccionada|elegido|elegida|selecionado|selecionada|preseleccionado <3> "
    "para|con",
    "exclusivo|exclusiva|exclusivos|exclusivas <2> para|clientes|ti|usted|socios|voce",
    "beneficio|beneficios|vantagem|vantagens "
    "exclusivo|exclusivos|exclusiva|exclusivas|especiales|unicos",
    "por ser <2> cliente|socio",
    "sin|sem compromiso|compromisso",
    "ultimos|ultimas|ultimas <1> cupos|unidades|plazas|lugares|vacantes|vagas|lotes|dias|pecas",
    "entrada libre|gratuita",
    "frete|envio|delivery|entrega gratis|free",
    "cuotas|meses|parcelas|x sin|sem <1> interes|intereses|juros <5> "
    "tienda|productos|celulares|compra|compras|loja|toda|"
    "electro|todo|tarjeta|equipos|muebles|en",
    "por|a|desde|partir <2> r$*|$*|q|bs|usd|l|s|c <3> "
    "mes|mensuales|mensual|al|ao|mensais|diarios|dia <1> *",
    "apenas|solo|so|somente|solamente <1> r$*|$*|q|bs|usd|s",
    "crece|haz|haga|emprende|construye|construya <2> crecer|negocio|casa",
    "tu|su|seu|sua sueno|suenos|sonho|casa propia",
    "vacaciones|ferias|crucero|hotel|playa|turismo <4> "
    "paquete|pacote|precio|desde|todo|incluido|con|viaj*",
    "te esperamos|esperamos <3> tienda|tiendas|sucursal|feria|evento|inauguracion|loja",
    "tienda|tiendas|loja|lojas|sucursal|local|showroom <4> "
    "descuento*|descont*|oferta*|promo*|precio*|liquid*|novedad*|nuev*|rebaj*",
    "descuento|descuentos|desconto|descontos|dcto|dto|bonificacion <5> "
    "compra|compras|comprar|tienda|tiendas|producto|productos|"
    "produtos|plan|planes|linea|seguro|curso|cursos|matricula|inscripcion|contratar|contratando|"
    "loja|equipo|equipos|"
    "electrodomesticos|zapatos|ropa|tarjeta|restaurantes|cine|viajes|farmacia|salud",
    "seguro|seguros|poliza <2> "
    "vida|hogar|salud|dental|celular|vehicular|mascotas|auto|accidentes|desempleo|carro|"
    "residencial|"
    "protege|cobertura <4> desde|por|solo|gratis|contrat*|adquier*|protej*|proteg*|so|apenas|mes",
    "proteja|protege|protegete|protejase|assegure|asegurate <5> seguro|poliza|plan|familia",
    "nueva|nuevo|novo|nova|nuestra|nosso|nuestro|nossa <1> "
    "tarjeta|cartao|app|tienda|sucursal|loja|coleccion|sede|linea <4> "
    "con|desde|sin|beneficios|cashback|puntos|que|com|gratis|ja|descarg*|baix*|conoz*|inaugur*",
    "descarga|descargue|descargala|baixe|instala|instale <5> "
    "gana|gane|recibe|reciba|ganhe|descuento|bono|premio|obten|promo*",
    "prestamo|prestamos|credito|creditos|emprestimo|emprestimos|adelanto <5> "
    "hasta|ate|desde|mil|millones|pagas|aprobacion|tasa|comodas|baja|bajas|12|24|36|juros <2> "
    "$*|r$*|q|s|bs|usd|mil|millones|meses|cuotas|minutos|horas|preferencial|baja|bajos|baixos",
    "otro|nuevo|outro|novo|segundo|nueva|otra prestamo|credito|emprestimo|tarjeta|cartao",
    "refinanci*|reestructur*|consolid* <5> @product|otras|todas|tasa",
    "cupo|limite|linea|saldo|credito <2> "
    "disponible|aprobado|aprovado|disponivel|preaprobado|liberado|ampliado <3> "
    "para|de|por|hoy|retir*|us*|*",
    "recarga|recargue|recargas|recargate <4> gratis|doble|bonus|bono|gana|ganha|triple",
    "incluido|incluida|incluye|inclui <2> "
    "netflix|disney|futbol|hbo|streaming|amazon|spotify|premium|max",
};

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
    "@tell <3> a|con|al|para|ao|aos|com|o|os|as|na|no|da|do|de <2> @kin|@boss|@other",
    "@tell <1> @boss|@other|@kin",
    "@relay <5> @owe",
    "@relay <3> que",
    "le|les|lhe|lo|la "
    "diga|digas|avise|avises|comunique|informe|recuerde|recuerdes|pida|pidas|haga|lembre "
    "<2> que|saber|llegar <5> @owe|paga|pague|regularice|comunique|llame|pongase|ponga",
    "diga|avise|fale|fala|peca|pede|lembre|conte|conta|informe <2> ele|ela|seu|sua|pra|para|ao <5> "
    "que|@owe|pagar|ligar",
    "hag*|hac*|faca <2> entrar en|em razon|razao",
    "como|de <1> referencia|referencias|contacto|contato <2> "
    "de|del|da|do|personal|familiar|en|pessoal",
    "su|tu|vuestro|vuestra|seu|sua|el|la "
    "@kin|@boss|@other|colaborador|colaboradora|empleado|empleada|"
    "trabajador|trabajadora|funcionario|funcionaria|inquilino <4> "
    "nos|me|le|mantiene|tiene|tem|esta|"
    "lleva|debe|deve|adeuda <4> debe|adeuda|deve|deuda|mora|moroso|morosa|saldo|vencid*|atrasad*|"
    "sin|pagar|pagarme|pagarnos|divida|aberto",
    "su|tu|seu|sua @kin nos|me debe|adeuda|deve",
    "es|sos|eres|sois|e|seria|hablo|falo <4> @kin|@boss|vecino|vecina|amigo|amiga|vizinho|vizinha "
    "de|del|do|da *",
    "usted|ud|vos|voce|vc|tu trabaja|trabajas|vive|vives|conoce|conoces|trabalha|conhece|mora <1> "
    "con|a|"
    "com|o|al *",
    "recursos humanos",
    "rrhh|rh",
    "la|el|las|los|da|do|a|o deuda|mora|saldo|adeudo|divida|prestamo|credito|atraso de|del|da|do "
    "su|tu|seu|sua @kin|@boss|@other",
    "envi*|mand*|entreg*|dej*|mostr*|pas* <6> a|con|para|com|ao|na|al su|tu|sua|seu|sus|tus "
    "@kin|@boss|@other",
    "todos|todas|todo|toda|vecinos|companeros|contactos|familia <5> "
    "enter*|sabra*|sabran|sepan|sepa|"
    "saber|saibam|vean|vera|veran",
    "cont*|sab*|sepa*|enter*|public*|dir*|decir*|avis*|saib* <6> toda|todo|todos|todas|los|el|seus|"
    "sus|os <1> cuadra|barrio|vecindario|vecinos|edificio|pueblo|colonia|redes|contactos|amigos|"
    "companeros|bairro|vizinhos|predio|cidade|rua|condominio|contatos|colegas",
    "lista|listado|listados|relacion|nomina|listagem|cuadro|mural|cartelera <5> "
    "moroso|morosos|deudores|deudor|deben|inadimplente|inadimplentes|devedores|atrasados|adeudan|"
    "devem",
    "inadimplentes|morosos|deudores|devedores del|de|do|da|la|los <2> *",
    "public*|sub*|post*|divulg*|difund*|expon*|expo*|mostr*|colg*|peg*|col*|compart*|coloc*|fij* "
    "<6> "
    "foto|fotos|nombre|nombres|nome|nomes|cara|rostro|rosto|lista|listado",
    "public*|sub*|post*|divulg*|difund*|expon*|expo*|compart*|manda*|coloc*|pon* <6> "
    "redes|facebook|instagram|muro|mural|grupo|cartelera|estados|status|tiktok|porteria|portaria",
    "quien|quienes|quem <1> tiene|mantiene|debe|adeuda|deve|tem <3> @owe",
    "ella|ele|ela|ellos|eles <1> no|nao|esta|deve|debe|tiene|tem|ja <2> contesta|responde|atende|"
    "pag*|debe|deve|devendo|atiende|parcela|parcelas|cuotas|com|@owe",
    "ele|ela esta|ta com|devendo|sem",
    "boleto|divida|parcela|parcelas|conta|fatura|debito|dividas dele|dela|deles",
    "llam*|contact*|escrib*|busc*|visit*|lig* <4> en|al|no|na|a su|tu|seu|sua|o "
    "trabajo|trabalho|empleo|emprego|oficina|empresa|lugar",
    "avis*|inform*|habl*|llam*|falar|falamos|falei|ligar|ligamos|contact*|notific* <4> "
    "empresa|compania <2> "
    "trabaja|trabajas|trabalha|donde|onde|deuda|mora|divida|sobre",
    "@tell <3> pro|pra|pros|pras|c|junto <2> @kin|@boss|@other",
    "el senor|doctor|joven|cliente <4> debe|adeuda|mantiene|tiene|moroso|nos <3> debe|@owe|*",
    "la senora|senorita|doctora|joven|cliente|clienta <4> debe|adeuda|mantiene|nos|moroso",
    "aptos|apartamentos|apts|casas|unidades|deptos|departamentos|lotes|locales|pisos|salas|lojas "
    "<4> "
    "deb*|adeud*|mora|moros*|atras*|inadimpl*|devem|devendo|pendient*",
    "apto|apartamento|apt|depto|departamento|casa|unidad|lote|ap|bloco|piso|torre|dpto * <5> "
    "apto|apartamento|apt|depto|departamento|casa|unidad|lote|ap|dpto",
    "apto|apartamento|apt|depto|departamento|dpto|unidad|lote|ap * <2> debe|deve|adeuda",
    "siguientes|seguintes <2> "
    "vecinos|socios|propietarios|padres|alumnos|clientes|familias|personas|residentes|"
    "condominos|moradores|pais|apoderados|estudiantes|inquilinos|asociados|copropietarios|deudores",
    "vecinos|socios|propietarios|padres|alumnos|clientes|familias|residentes|condominos|moradores|"
    "pais|apoderados|"
    "estudiantes|inquilinos|asociados|copropietarios|locatarios <4> "
    "deben|adeudan|devem|devendo|debiendo|morosos|atrasados|inadimplentes|mora|pagado",
    "su|tu|seu|sua|sus|tus|seus|suas|vuestro|vuestra @kin|@boss|@other <2> "
    "nos|me|ya|ja|va|van|vai|vao|tambem|tambien <3> "
    "dijo|dijeron|dio|dieron|confirmo|conto|informo|sabe|saben|sabem|supo|enter*|disse|deu|contou|"
    "passou|paso|"
    "recibir*|receber*|saber|ver|pagar|avis*|llam*|report*|esta|estan",
    "@kin|@boss|@other <3> "
    "sabe|saben|sabem|sabran|sabra|saiba|saibam|entero|enterado|enterada|enterados|supo|descubra",
    "copia|copiado|copiamos|copiada|copias <4> @boss|@kin|@other",
    "recado|mensaje|mensagem|aviso para|pro|pra <2> @kin|senor|senora",
    "llegar|pasar|pase|pasele|pasale|pasarle|entregue|entregar|entreguele|reenvie|reenviar|reenvia|"
    "transmita|"
    "transmitir|repasse|repassar|encaminhe|dele|darle|dar|de|dar <3> "
    "mensaje|aviso|recado|mensagem|nota <2> a|al|ao|para|pra|pro",
    "dele|darle|dale este|el|esse|o|un|um mensaje|recado|aviso",
    "ayud*|ajud* <3> localizar*|ubicar*|contactar*|encontrar*|achar|comunicar*|convencer*|falar",
    "localizar*|ubicar*|encontrar*|localiz*|ubiqu* <1> a|al|o|ao|com|con <1> "
    "senor|senora|sr|sra|don|dona|el|su|la|seu|sua <1> *",
    "localizarlo|localizarla|ubicarlo|ubicarla|contactarlo|contactarla|comunicarnos <1> con <1> "
    "ella|el",
    "paradero",
    "sabe|sabes|saben|tiene|tienes|tem <3> "
    "paradero|numero|telefono|telefone|direccion|endereco|contacto|contato "
    "<1> de|del|da|do|dele|dela <1> @kin|senor|senora|*",
    "nuevo|otro|novo|outro numero|telefono|telefone <1> de|del|da|do|dele|dela <1> *",
    "pag* <5> deuda|cuota|saldo|divida|cuenta|conta|parcelas de|del|da|do <2> @kin|companero|amigo",
    "en lugar|nombre de su|tu|@kin",
    "solo|so|solamente|unicamente <1> falta|faltan|queda|falta <1> usted|voce|tu|vos|vc|por",
    "todos|todas <5> pag* <3> menos|excepto|faltando|solo|so|salvo",
    "delante|frente|enfrente|presencia|na de|a|ao|frente <2> "
    "todos|todo|companeros|vecinos|familia|hijos|clientes|vizinhos|colegas|alumnos",
    "na|en frente|delante <1> todo|todos",
    "todo mundo|el",
    "como|igual <1> que|a <1> su|sus|tu|seu|sua @kin|@other",
    "@relay <2> a|al|ao|para|pra|pro",
    "@relay <6> pag*|deb*|deve|llam*|comunic*|lig*|pong*",
    "dice|digale|diga|dile|avisa|avise|fala|fale <1> a|al|pra|pro|ao|para <1> "
    "su|tu|seu|sua|el|la|o <1> *",
    "su|tu|seu|sua|vuestro|vuestra @kin <4> "
    "debe|deve|adeuda|atrasad*|mora|moros*|inadimplente|devendo|deuda|divida",
    "senor|senora|don|sr|sra <2> que <1> es|vive|trabaja|debe|nos|tiene",
    "garante|fiador|avalista|codeudor|aval de|del|do|da <2> no|sin",
    "usted|ud|voce|vc|tu|vos <1> "
    "es|e|eres|sos|figura|aparece|foi|fue|esta|consta|quedo|ficou|tiene|tem <3> "
    "referencia|contacto|contato|conocido|familiar|amigo|amiga|vecino|vecina|companero|parente|"
    "indicado|indicada",
    "nos|me <1> dio|dieron|deu|paso|passou|dejo|deixou|puso|facilito|indico|indicou <3> "
    "numero|contacto|contato|"
    "telefono|telefone|referencia",
    "grupo|chat|grupos <3> "
    "familia|familiar|vecinos|vecinal|padres|trabajo|edificio|condominio|curso|escuela|whatsapp|"
    "whats|zap|barrio|bairro|predio|trabalho|residentes|moradores|socios|salon",
    "estado|estados|status|muro|mural|cartelera|porteria|portaria|entrada|ascensor|elevador|"
    "pizarra|quadro <4> "
    "lista|nombre|nombres|foto|deuda|deudores|morosos|nome|nomes|divida|devedor|devedores|avisos",
    "trabajo|trabalho|empresa|oficina|empleo|emprego|escuela|universidad|iglesia|igreja <4> "
    "sabr*|enter*|sepan|sepa|saben|avis*|inform*|llam*|lig*|llegar*|ir|deuda|divida",
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
    "por que|q <4> no|nao|ainda <3> "
    "pag*|deposit*|abon*|cancel*|cumpl*|cumpr*|transf*|quit*|acert*|realiz*|hizo|fez",
    "por que|q <4> dejo|dejaste|dejaron|deixou|parou|paro|suspendio de|o|los|el|sus "
    "pagar|pago|pagos|pagamento|pagamentos|cumplir|abonar",
    "pq|xq|porq <4> no|nao|ainda <3> pag*|deposit*|abon*|cancel*|cumpl*",
    "^ <1> porque no|nao <2> pag*|deposit*|abon*|cancel*|cumpl*|transf*|quit*",
    "que|q <2> "
    "paso|pasa|pasando|sucedio|ocurrio|ocurre|sucede|aconteceu|houve|acontece|acontecendo|suceso "
    "<5> "
    "no|nao|pago|pagos|cuota|cuotas|factura|abono|pagamento|boleto|parcela|mensualidad|deposito|"
    "deuda",
    "motivo|motivos|razon|razones|causa|causas|razao|razoes|porque|porques <5> "
    "mora|atraso|atrasos|retraso|retrasos|impago|inadimplencia|inadimplemento|incumplimiento|"
    "demora|"
    "falta",
    "motivo|motivos|razon|razones|causa|causas|razao|razoes <5> no|nao <4> "
    "pag*|deposit*|abon*|cancel*|cumpl*|"
    "efetu*|quit*|realiz*|hizo|ha|has",
    "cual|qual|cuales|quais <1> es|fue|foi|e|son|seria <2> "
    "motivo|razon|causa|razao|problema|motivos|"
    "razones|causas|excusa|justificacion",
    "motivo|razon|causa|razao <1> do|da|del|de la|su|tu|seu|sua|este|esta <2> "
    "atraso|mora|retraso|pendencia|"
    "deuda|incumplimiento",
    "explique|expliquenos|explica|explicanos|expliqueme|explicame|expliquen|explicar|explicarnos|"
    "explicad|explicadnos|justifique|justifica|justifiquenos|justificar|aclare|aclarenos|cuentenos|"
    "cuentanos|contanos|cuenteme|cuentame|conte|diganos|dinos|decinos|digame|dime|decime|diga|"
    "diganme|"
    "informe|informenos|indique|indiquenos|sabermos|entender|saber|conocer|comprender|entendermos|"
    "compartir|compartanos <5> por|pq|porque|motivo|motivos|razon|razones|causa|causas|razao|"
    "razoes|porq|situacion|pasa|paso|aconteceu|impide|impidio <7> "
    "no|nao|dejo|dejaste|deixou|mora|atraso|atrasos|retraso|retrasos|impago|inadimplencia|"
    "incumplimiento|demora|debe|debiendo|atrasado|atrasada|atrasaste|atraso|pagar|pagado|pago",
    "que|o <2> le|te|lo|la|lhe|os|vos|se|sra|sr|senhor|senhora|voce|vc <1> "
    "impide|impidio|impidieron|"
    "impede|impediu|impedindo|impidiendo|detiene|detuvo",
    "a que|q se debe|debio|deve|deveu",
    "por|pelo el|la|lo|los|las|qual que|cual <3> dejo|no|nao|deixou|dejaste <3> pag*|cumpl*|abon*",
    "como <2> posible|possivel|es|e <4> no|nao|siga|sigas|aun <3> pag*|cumpl*|cancel*|abon*|deb*",
    "que|qual|cual excusa|disculpa|desculpa|pretexto|justificativa",
    "por|pq|xq <1> que|tanto|tanta|q <4> "
    "atras*|retras*|demor*|tard*|incumpl*|debe|deve|devendo|debiendo|mora|inadimplente",
    "perdio|perdiste|perdeu|quedo|quedaste|ficou <2> trabajo|empleo|sin|emprego|sem|desempregad*",
    "desemprego|desempleo|enfermedad|doenca|olvido|esquecimento <3> u|o|ou <1> "
    "otro|otra|outro|outra|otros",
    "por que|q <2> "
    "tanto|tanta|sigue|sigues|continua|continuas|ainda|aun|todavia|esta|estas|anda|este|ese|tiene|"
    "tienes <5> "
    "atras*|debiendo|debe|debes|mora|deuda|pendiente|devendo|vencid*|impago|incumpl*|moros*|sin|"
    "retras*|demor*",
    "por que|q <2> se|te|le|voce|vc|nos <2> "
    "atras*|retras*|demor*|olvid*|fall*|incumpl*|colg*|quedo|falhou|esquec*|cuelg*|ignor*|dej*",
    "por que|q <4> incumpl*|fallo|fallaste|falto|faltaste|descumpriu|rompio|quebro|quebrou",
    "a que|q <1> se|obedece <1> debe|debio|retraso|atraso|demora",
    "que|q <3> le|te|lo|la|lhe|os|les impide|impidio|impediu|impede|detiene|falta|frena|complic* "
    "<2> pag*|cumpl*|abon*|cancel*|deposit*|para",
    "que|q paso|pasa|sucede|sucedio|ocurre|ocurrio|houve|aconteceu|rolou|hubo <2> con|com <2> "
    "usted|vos|ti|voce|vc|pago|pagos|dinero|plata|compromiso|acuerdo|cuota|promesa|quincena|sueldo|"
    "dinheiro|parcela|boleto|pagamento|mes|contrato",
    "que|q paso|pasa|sucedio|aconteceu|houve|hubo <1> "
    "ahora|esta|este|vez|don|dona|senor|senora|senhor|mes <4> "
    "pago|cuota|pag*|deb*|atras*|no|nao",
    "tiene|tienes|tenes|tem|tuvo|tuviste|teve|hay|existe|ha|pasa|esta <2> "
    "algun|alguna|algum|alguma <3> "
    "problema|inconveniente|dificultad|razon|motivo|situacion|dificuldade|imprevisto <5> "
    "no|nao|impid*|imped*|dejo|deixou|impedido|haya",
    "dificultad|dificultades|problema|problemas|inconveniente|inconvenientes|situacion|dificuldade|"
    "imprevisto <1> "
    "que|por|por|lo|le|pelo <3> impid*|imped*|impidio|no|nao <3> pag*|cumpl*|abon*|cancel*",
    "usted|se|te|quedo|qued* <2> sin trabajo|empleo|plata|dinero|ingresos",
    "gasto|gastaste|gastou|invirtio|uso|usaste <2> plata|dinero|dinheiro|sueldo|en|no|em",
    "en|em|no que|q|quien|quem <1> gasto|gastaste|gastou|se|gasta|gastas",
    "justificacion|justificativa|excusa|excusas|explicacion|explicaciones|explicacao|pretexto|"
    "pretextos",
    // An apology has the same word: only as somebody's, asked for or refused is it an excuse.
    "sua|suas|tua|tuas|seu|outra|outras|mais|chega|sem|nenhuma|uma|dessa|dessas|essa|essas|nao <2> "
    "desculpa|desculpas",
    "se|te|le|voce|vc <1> olvido|olvidaste|esqueceu|olvida <3> "
    "pagar|pago|deuda|cuota|parcela|boleto|pagamento <2> o|ou",
    "como|cual|qual <1> es|e|fue|foi <1> que|posible|el|la|o|a <1> "
    "no|nao|problema|motivo|causa|dificultad|inconveniente|razon",
    "no|nao <2> pag*|abon*|cancel*|cumpl* <4> por|porque que|q|falta|voce",
    "cade|cade|donde|onde <2> pagamento|pago|dinero|plata|dinheiro|esta",
    "saber|conocer|entender|comprender|conhecer|compreender <2> "
    "motivo|motivos|razon|razones|causa|causas|razao|situacion|porque",
    "motivo|motivos|razon|razones|causa|causas|razao|razoes <2> de|del|do|da|por|que|pelo|pela <4> "
    "no|nao|atras*|retras*|mora|incumpl*|impago|inadimpl*|demor*|falta|dej*|deuda|pendenc*|vencid*|"
    "pag*",
};

}  // namespace

std::span<const std::string_view> advertising() {
  static const ExpandedPhrases expanded(kAdvertising);
  return expanded.views();
}

std::span<const std::string_view> third_party() {
  static const ExpandedPhrases expanded(kThirdParty);
  return expanded.views();
}

std::span<const std::string_view> reason_question() {
  static const ExpandedPhrases expanded(kReasonQuestion);
  return expanded.views();
}

}  // namespace puntual::compliance::phrases
