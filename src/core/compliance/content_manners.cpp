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
    "cupon|cupones",
    "por solo $*",
    "por tan solo",
    "rebajas",
    "nueva coleccion",
    "llevate|lleva|lleve|recibe|reciba|obten|obtenga <2> "
    "bono|bonos|regalo|regalos|obsequio|premio|puntos",
    "renueva|renueve|cambia|cambie <2> equipo|plan|celular|telefono",
    "descuento|descuentos <1> en <3> tienda|tiendas|productos|compra|compras",
    "gratis|gratuito|gratuita|gratuitos|gratuitas|cashback|imperdible|imperdibles|imperdivel|imperdiveis|"
    "preventa|outlet|bonus|brinde|brindes|obsequio|obsequios|liquidazo|ofertas|ofertazo|promociona|"
    "rebaja|sale",
    "off",
    "descuento|descuentos|desconto|descontos <2> en|em|na|no|nas|nos|para|sobre <3> "
    "@product|tienda|tiendas|loja|productos|produtos|compra|compras|proxima|toda|todo|nuestra|"
    "siguiente|articulos|linea|restaurantes|catalogo",
    "compre|comprate|compren|contrata|contrate|contrates|contratar|contratando|contratas|adquiere|"
    "adquiera|adquirir|adquira|adquiri|llevate|llevese|lleve|llevatela|llevatelo|estrena|estrene|"
    "estrenar|invierta|invierte|invista|inverti|aprovecha|aproveche|aproveches|aprovechar|aprovechen|"
    "aproveita|aproveite|aproveitar|agregue|agrega|agregar|suma|sume|sumar|activa|active|conoce|"
    "conozca|conhe*|descubre|descubra|descubri|probar|prueba|pruebe|experimente|leve|garanta|asegura|"
    "asegure <5> @product|premium",
    "saca|saque|sacar|solicita|solicite|solicitar|pide|pida|pedi|pedir|pidelo|obten|obtenga|obtener|"
    "obtene|consigue|consiga|peca|solicitala|faca|haga <4> nuevo|nueva|otro|otra|novo|nova|tu|su|seu|"
    "sua|un|una|um|uma <1> "
    "prestamo|tarjeta|emprestimo|cartao|seguro|ampliacion|cupo|adelanto|consignado|cotizacion|"
    "orcamento|poliza|refinanciamiento|credito",
    "ampliacion|aumento|ampliar|aumentar|incremento <2> credito|cupo|linea|limite|velocidad|plan",
    "ofrecemos|ofrece|ofrecerle|ofrecerte|ofrecer|oferecemos|oferecer|presentamos|recomendamos|traemos|"
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
    "no|nao perca|pierda|pierdas <2> oportunidad|oportunidade|oferta|promo*|descuento*|chance|essa|esta",
    "gana|gane|ganar|ganate|ganhe|ganha|ganhar|acumula|acumule|duplica|duplique|junte <4> "
    "premio|premios|viaje|viagem|bono|bonos|puntos|pontos|celular|carro|moto|mes|meses|auto|millas|"
    "milhas|televisor|tv|iphone|entradas|descuento|descuentos|desconto|gratis|dinero|brinde",
    "sorteo|sorteos|sorteamos|sortearemos|sorteio|sorteios|rifa|rifas|concurso|concursa|concorra|"
    "concorre|concorrer|concorrendo|ruleta",
    "participa|participe|participar|participas|participando|participara <3> "
    "sorteo|rifa|premio|premios|viaje|promo*|concurso|por|gana",
    "indique|indica|refiere|refiera|referi|recomienda|recomiende|recomenda|invita|invite|trae|traiga|"
    "traenos|traga|convide <3> amigo|amiga|amigos|amigas|vecino|conocido|conocidos|familiar|colega",
    "lanza|lanzamos|lancamos|lanzo|estrenamos|inauguramos|lanzamiento|lancamento|inaugura <4> "
    "nuevo|nueva|nuevos|nuevas|novo|nova|@product|tienda|sucursal|loja",
    "nuevo|nueva|nuevos|nuevas|novo|nova <1> plan|planes|plano|coleccion|colecao|catalogo|temporada|"
    "linea de|con|por|premium|desde|2026|2027|familiar",
    "doble|triple|mas|dobro|mais de <1> gigas|megas|datos|puntos|velocidad|internet|dados",
    "mas gigas|megas|canales|velocidad",
    "plan|plano premium|plus|vip|familiar|ilimitado|gold|black|total",
    "siguenos|siganos|sigue|siga|seguinos <3> redes|instagram|facebook|tiktok",
    "visita|visite|venga|ven|veni|vem|venha|acercate|pasa|pase|visitanos|visitenos <4> "
    "tienda|tiendas|loja|showroom|catalogo|feria|ver|conocer|conhecer|aproveit*|aprovech*",
    "por|desde|a apenas|solo|so|somente|solamente|partir|tan <2> r$*|$*|usd|us$*|al|por|de",
    "inscripciones|matriculas|preinscripciones|vacantes|inscricoes abiertas|abertas|disponibles",
    "cotice|cotiza|cotizar|orcamento|presupuesto sin|gratis|sem|conosco|con",
    "peca|pida|pide|solicite <1> orcamento|cotizacion|presupuesto",
    "cupon|cupones|cupom|cupons <1> descuento|desconto|regalo|promocional|off",
    "membresia|suscripcion|assinatura <2> gratis|premium|anual|promocional",
    "invierta|invierte|invista|inversion|depositos|ahorre|ahorra|ahorra <3> "
    "nosotros|conosco|fijo|ganando|rendimiento|rentabilidad|tasa|anual",
    "deposito|depositos a plazo <1> fijo",
    "parceiro|parceiros|aliado|aliados|convenio|marcas <4> precos|precios|descuento|descuentos|desconto|"
    "descontos|beneficios",
    "llega|llego|llegaron|chegou|chegaram|viene|vem <2> navidad|natal|temporada|black|coleccion|verano",
    "solo|so|apenas|somente por este|esta|essa|esse|hoje|tiempo <1> mes|semana|fin|dia|limitado",
    "por tiempo|tempo limitado",
    "cupos|vagas|unidades|stock limitados|limitado|limitadas",
    "aproveche|aprovecha|aproveite|aproveita <1> el|la|los|las|nuestro|nuestra|nuestros|nuestras|o|a|"
    "os|as|e|y <1> @product|precio|precios|temporada|beneficios|tarifa|super|combo|combos|contrate",
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
    "le|les|lhe|lo|la diga|digas|avise|avises|comunique|informe|recuerde|recuerdes|pida|pidas|haga|lembre "
    "<2> que|saber|llegar <5> @owe|paga|pague|regularice|comunique|llame|pongase|ponga",
    "diga|avise|fale|fala|peca|pede|lembre|conte|conta|informe <2> ele|ela|seu|sua|pra|para|ao <5> "
    "que|@owe|pagar|ligar",
    "hag*|hac*|faca <2> entrar en|em razon|razao",
    "como|de <1> referencia|referencias|contacto|contato <2> de|del|da|do|personal|familiar|en|pessoal",
    "su|tu|vuestro|vuestra|seu|sua|el|la @kin|@boss|@other|colaborador|colaboradora|empleado|empleada|"
    "trabajador|trabajadora|funcionario|funcionaria|inquilino <4> nos|me|le|mantiene|tiene|tem|esta|"
    "lleva|debe|deve|adeuda <4> debe|adeuda|deve|deuda|mora|moroso|morosa|saldo|vencid*|atrasad*|"
    "sin|pagar|pagarme|pagarnos|divida|aberto",
    "su|tu|seu|sua @kin nos|me debe|adeuda|deve",
    "es|sos|eres|sois|e|seria|hablo|falo <4> @kin|@boss|vecino|vecina|amigo|amiga|vizinho|vizinha de|del|do|da *",
    "usted|ud|vos|voce|vc|tu trabaja|trabajas|vive|vives|conoce|conoces|trabalha|conhece|mora <1> con|a|"
    "com|o|al *",
    "recursos humanos",
    "rrhh|rh",
    "la|el|las|los|da|do|a|o deuda|mora|saldo|adeudo|divida|prestamo|credito|atraso de|del|da|do "
    "su|tu|seu|sua @kin|@boss|@other",
    "envi*|mand*|entreg*|dej*|mostr*|pas* <6> a|con|para|com|ao|na|al su|tu|sua|seu|sus|tus "
    "@kin|@boss|@other",
    "todos|todas|todo|toda|vecinos|companeros|contactos|familia <5> enter*|sabra*|sabran|sepan|sepa|"
    "saber|saibam|vean|vera|veran",
    "cont*|sab*|sepa*|enter*|public*|dir*|decir*|avis*|saib* <6> toda|todo|todos|todas|los|el|seus|"
    "sus|os <1> cuadra|barrio|vecindario|vecinos|edificio|pueblo|colonia|redes|contactos|amigos|"
    "companeros|bairro|vizinhos|predio|cidade|rua|condominio|contatos|colegas",
    "lista|listado|listados|relacion|nomina|listagem|cuadro|mural|cartelera <5> "
    "moroso|morosos|deudores|deudor|deben|inadimplente|inadimplentes|devedores|atrasados|adeudan|devem",
    "inadimplentes|morosos|deudores|devedores del|de|do|da|la|los <2> *",
    "public*|sub*|post*|divulg*|difund*|expon*|expo*|mostr*|colg*|peg*|col*|compart*|coloc*|fij* <6> "
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
    "avis*|inform*|habl*|llam*|falar|falamos|falei|ligar|ligamos|contact*|notific* <4> empresa|compania <2> "
    "trabaja|trabajas|trabalha|donde|onde|deuda|mora|divida|sobre",
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
    "^ <2> porque no|nao <3> pag*|deposit*|abon*|cancel*|cumpl*|transf*|ha|has|han|quit*",
    "que|q <2> paso|pasa|pasando|sucedio|ocurrio|ocurre|sucede|aconteceu|houve|acontece|acontecendo|suceso "
    "<5> no|nao|pago|pagos|cuota|cuotas|factura|abono|pagamento|boleto|parcela|mensualidad|deposito|deuda",
    "motivo|motivos|razon|razones|causa|causas|razao|razoes|porque|porques <5> "
    "mora|atraso|atrasos|retraso|retrasos|impago|inadimplencia|inadimplemento|incumplimiento|demora|"
    "falta",
    "motivo|motivos|razon|razones|causa|causas|razao|razoes <5> no|nao <4> pag*|deposit*|abon*|cancel*|cumpl*|"
    "efetu*|quit*|realiz*|hizo|ha|has",
    "cual|qual|cuales|quais <1> es|fue|foi|e|son|seria <2> motivo|razon|causa|razao|problema|motivos|"
    "razones|causas|excusa|justificacion",
    "motivo|razon|causa|razao <1> do|da|del|de la|su|tu|seu|sua|este|esta <2> atraso|mora|retraso|pendencia|"
    "deuda|incumplimiento",
    "explique|expliquenos|explica|explicanos|expliqueme|explicame|expliquen|explicar|explicarnos|"
    "explicad|explicadnos|justifique|justifica|justifiquenos|justificar|aclare|aclarenos|cuentenos|"
    "cuentanos|contanos|cuenteme|cuentame|conte|diganos|dinos|decinos|digame|dime|decime|diga|diganme|"
    "informe|informenos|indique|indiquenos|sabermos|entender|saber|conocer|comprender|entendermos|"
    "compartir|compartanos <5> por|pq|porque|motivo|motivos|razon|razones|causa|causas|razao|"
    "razoes|porq|situacion|pasa|paso|aconteceu|impide|impidio <7> "
    "no|nao|dejo|dejaste|deixou|mora|atraso|atrasos|retraso|retrasos|impago|inadimplencia|"
    "incumplimiento|demora|debe|debiendo|atrasado|atrasada|atrasaste|atraso|pagar|pagado|pago",
    "que|o <2> le|te|lo|la|lhe|os|vos|se|sra|sr|senhor|senhora|voce|vc <1> impide|impidio|impidieron|"
    "impede|impediu|impedindo|impidiendo|detiene|detuvo",
    "a que|q se debe|debio|deve|deveu",
    "por|pelo el|la|lo|los|las|qual que|cual <3> dejo|no|nao|deixou|dejaste <3> pag*|cumpl*|abon*",
    "como <2> posible|possivel|es|e <4> no|nao|siga|sigas|aun <3> pag*|cumpl*|cancel*|abon*|deb*",
    "que|qual|cual excusa|disculpa|desculpa|pretexto|justificativa",
    "por|pq|xq <1> que|tanto|tanta|q <4> atras*|retras*|demor*|tard*|incumpl*|debe|deve|devendo|debiendo|mora|inadimplente",
    "perdio|perdiste|perdeu|quedo|quedaste|ficou <2> trabajo|empleo|sin|emprego|sem|desempregad*",
    "desemprego|desempleo|enfermedad|doenca|olvido|esquecimento <3> u|o|ou <1> otro|otra|outro|outra|otros",
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
