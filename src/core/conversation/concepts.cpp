#include "core/conversation/concepts.h"

#include <string>
#include <unordered_map>

#include "base/phrase_index.h"
#include "core/conversation/sound.h"

namespace puntual::conversation {
namespace {

// One concept a string; "pag*" is any word that begins so.
constexpr std::string_view kConcepts[] = {
    // not
    "no nao nunca jamas tampoco nem ni nop nah sin sem nel nanay nones nopi negativo nunk nose",
    // nothing
    "nada ningun ninguna ninguno nenhum nenhuma nadie ninguem",
    // can
    "puedo puede pueden puedes podemos podria podrian podre pude poder pudiera posso pode podem "
    "podia consigo consegui conseguir alcanza alcanzo alcance da",
    // paid
    "pague paguei pagado pagada pagados pagadas pagou pagaron pagaram pagamos paga cancele "
    "cancelei cancelado cancelada cancelamos cancelaron deposite "
    "depositei depositado depositaron depositamos transferi transferido transferimos consigne "
    "consignado consignamos abone abonado abonamos abonei gire "
    "girado quitei quitado quitada quitamos yapee liquide liquidado liquidada debitaron debitado "
    "debito debitou compensado acertei acerte saldado salde "
    "descontaron descontado descontou pagos",
    // pays
    "pago cancelo deposito transfiero transfiro consigno abono giro yapeo quito acerto liquido "
    "pagamos plineo cumplo deposita pagando",
    // will pay
    "pagare pagarei pagaria pagaremos cancelare depositare depositarei consignare abonare "
    "transferire girare pagara pagaran cumplire",
    // to pay
    "pagar* cancelar* depositar* transferir* consignar* abonar* quitar quita acertar girar* "
    "liquidar* saldar* yapear* regularizar* ponerme",
    // payment
    "transferencia* transfe deposito* consignacion* abono* spei sinpe giro",
    // go
    "voy vamos vou iba iria ire ia vamo",
    // weekday
    "lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta",
    // month
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
    "diciembre janeiro fevereiro marco maio junho julho setembro "
    "outubro novembro dezembro",
    // today
    "hoy hoje ahora agora ahorita ahorit* horita orita",
    // tomorrow
    "manana amanha pasado",
    // yesterday
    "ayer anoche ontem antier anteayer antes hace faz",
    // payday
    "quincena* sueldo salario nomina aguinaldo pension beca cobro jubilacion remesa catorcena "
    "decimo bono pagaran pagan cobre paguen depositen honorarios "
    "comision comisiones becas remesas cosecha ayuda auxilio bolsa aposentadoria salario* ferias",
    // time
    "dia dias semana* mes meses ano anos hora horas minuto* semanal rato ratito tarde noche",
    // later
    "luego despues depois logo proximo proxima siguiente viene vem otro outro fin fim final "
    "finales",
    // already
    "ya ja acabo acabei recien",
    // money
    "plata dinero dinheiro grana feria lana billete billetes guita pisto efectivo peso pesos real "
    "reais soles lucas luca mil dolares centavo tostao varo "
    "varos biyuya quinto mango mangos chirola chele cheles chavo chavos bolas bolitas platita "
    "dinerito monedas cambio cash",
    // debt
    "deuda* divida* mora saldo pendiente* atraso* atrasad* intereses interes juros multa recargo* "
    "adeudo*",
    // owe
    "debo debe deben debemos devo deve devendo debiendo adeudo adeuda deber resta falta faltan "
    "restante",
    // how much
    "cuanto cuantos cuanta cuantas quanto quantos quantas monto importe valor total saldria suma",
    // how
    "como donde onde adonde aonde cual qual cuales quais medio",
    // who
    "quien quem quienes",
    // why
    "porque porq motivo razon",
    // what
    "que oque",
    // document
    "factura* fatura* recibo* boleto* bolet* copia* detalle* extracto* extrato* desglos* "
    "constancia* certificado* pdf documento* contrato* via estado nota "
    "cfdi xml holerite carne demonstrativo resumo resumen amortizacion tabla desglose carta paz "
    "salvo finiquito liquidacion soporte* rfc ruc nit concepto "
    "periodo",
    // proof
    "comprobant* comprovant* voucher* boucher baucher captura* foto* imagen ticket adjunto* anexo "
    "soporte screenshot pantallazo print operacion ficha",
    // channel
    "cuenta* conta clabe pix cbu alias cvu nequi daviplata yape plin banco oxxo link enlace "
    "tarjeta* cartao bancolombia efecty baloto qr codigo convenio "
    "cajero pse corresponsal loterica bre boton agencia ventanilla sucursal app chave barras rut "
    "iban wester* redpagos abitab rapipago pagofacil debitar "
    "domicili* amex visa mastercard sucursales oficina* corresponsales botones bancarios convenios "
    "giros western ahorros corriente referencia",
    // parts
    "cuota* cuotas cuotita* parte partes parcela* plazo* prazo* mensualidad* abonos acuerdo* "
    "acordo facilidad* convenio prorroga* extension refinanci* "
    "reestructur* renegoci* negoci* reprogram* fraccion* diferir dividir divid* pedazos poco pouco "
    "vezes semanales quincenales mensuales compromiso aplaz* "
    "postergar posterg* correr corran tregua alivio minimo minima congel* repact* arreglo arreglos "
    "arreglito arreglemos arreglamos cuadrar cuadremos cuadr* abonito* abonar semanalmente "
    "mensualmente mensual chiquit* porcion* pedacito* golpe completo partir opcion* diferid* "
    "fraccionado propuesta propongo acuerdos trato unific* jalon "
    "parcial* fechas*",
    // discount
    "descuento* desconto* rebaja* condon* quitan quiten oferta promocion baje bajan bajen bajar* "
    "menos",
    // wait
    "chance chancecito espera* esper* aguant* tiempo tempo paciencia aguarda* plazito prazinho "
    "ratico poquito tantito",
    // hardship
    "desemple* desempreg* despid* despedi* demit* demis* botaron echaron corrieron trabajo* "
    "trabalh* chamba pega laburo brete empleo emprego jale camello "
    "pincha enferm* doent* hospital* operacion operaron operad* cirug* accident* acident* "
    "incapacit* quebr* crisis crise dificil dificuldad* apretad* "
    "complicad* corto corta quiebra salud saude remedio* medicina* robaron robo roubar* ventas "
    "vendas separ* divorc* embaraz* parto enfermo internad* "
    "clinica desgracia situacion situacao apurad* liso pelado ahogad* colgad* sufriendo quebre "
    "incapacidad uci terapia dialisis cancer embargad* embargo "
    "licencia suspendid* huelga paro inundacion incendio damnific* ruina bruja seco agujas aguja "
    "misio pato apretada sobrevivir comida comer alquiler "
    "hambre panales leche mantener sueldo* pensionad* discapacit* fiebre dengue diagnostic* "
    "tratamiento quimioterapia hospitaliz* atrasaron retras* vacio "
    "vacia fundid* quebrado quebrada bolsillo desocupad* cesante cesantia sinistro alagou enchente "
    "perdi perdio negocio clientes bajisim* flojo floja",
    // family
    "mama mami mae mamae papa papi pai padre madre espos* hijo hija hijos filho filha herman* "
    "prim* tio tia abuel* novi* suegr* sogra cunad* cunhad* "
    "sobrin* niet* neto vecin* vizinh* companer* colega marido mujer mulher pareja amig* irmao "
    "irma avo vo viejo vieja senora senor patron patrona jefa "
    "jefe nora yerno nuera exmarido exesposa ex padrino madrina comadre compadre bisabuel* "
    "abuelit* mamita papito hijit* hermanit* viejit* menor",
    // works for
    "secretari* asistente recepcion* contador* contadora rh empresa trabaja trabalha turno oficina",
    // death
    "muri* morr* fallec* falec* difunt* muerto muerta morto morta enterr* enterrad* sepult* sepel* "
    "velorio velori* velamos cementerio cemiterio panteon "
    "viud* viuv* finad* entierro funeral defuncion obito luto partio descans* mato cielo ceu "
    "muriera perdimos perdemos occis* deceso falleciera asesin* "
    "finadit* velaron cenizas tumba difuntit* entierr* huerfan* mataron funerar* descanse "
    "despedimos",
    // wrong
    "equivoc* errad* engano confund* confus* incorrect* equivocad* ekivoc* ekibok* wrong confundio "
    "confundi",
    // knows
    "conozco conoce conosco conheco conhece conozca conoci conosc*",
    // number
    "numero numeros telefono* telefone celular* linea linha contacto contato chip whatsapp",
    // self
    "soy sou yo eu",
    // named
    "llamo chamo nombre nome llama chama",
    // contact
    "escrib* escrev* mensaj* mensag* manden mandar mandando mandem envien enviar enviando llamen "
    "llamand* llamad* llamar* ligar ligando liguem record* "
    "avis* lembr* notific* jod* moleste* molest* perturb* incomod* insist* inund* spam hostig* "
    "cobrar cobrando cobranca",
    // cease
    "deje dejen deja dejar dejame dejenme deixa deixem deixe para paren parem pare parenle parar "
    "basta bloque* borr* elimin* saque* sacar saca saquen "
    "sacame retir* baja remov* exclu* stop chega tira tirem tire quiteme quitenme quiten "
    "desuscrib* descadastr* alto cese cesen fuera saquenme borren "
    "eliminen olvid* larguense dejarme borrame quitame sacarme descontinu* cansen bloquear "
    "bloquead* autorizo autorize autorizei reportar reporto "
    "denunciare",
    // list
    "lista base datos registro cadastro sistema agenda",
    // complain
    "queja* quej* reclam* arreglen arreglan arreglaron arreglado reparen reparar reparacion "
    "servicio atencion atendimento respeto abus* descar* verguenza vergonh* pesim* mal malo mala "
    "horrible terrible demand* denunci* "
    "profeco procon indecopi sernac condusef superintendencia consumidor* hart* harta cansad* "
    "acos* insoport* inaceptable falta responden responde "
    "respondem contestan atienden burla pesad* paciencia abogad* ridicul* absurd* desconsider* "
    "educacion educacao maneras intens* cansones fastidi* jarto "
    "chato* chata* amenac* amenaz* llevo reporte* reportes tono trat* maltrat* humill* grosero* "
    "grosera* queridos almorzar madrug* domingo* acosando "
    "acosador* defensor* superfinanciera superbancaria sic fiscalia desorden desorganiz* ineptos "
    "inept* incompetent* pesados pesada pinches harto negligen* "
    "demora* demoran colgaron colgado cuelgan",
    // insult
    "idiot* imbecil* estupid* pendej* ladron* ladrao ladroe* rater* hijueput* hijoput* puta puto "
    "putas putos mierda* merda* malparid* gonorrea* cabron* "
    "culer* verga chinga* chingu* carajo concha conchetumare pelotud* bolud* weon hueon weones ctm "
    "csm maldit* bastard* rata ratas usurer* desgraciad* "
    "vagabund* caralho fdp babaca* otari* trouxa* safad* basura lixo hp hdp marica maricon huev* "
    "pija culo culiad* cagad* mamaguev* pinche* sinverguenza* "
    "sinver* estafador* bandid* payas* asco nojo maric* animal* burro* burra* inutil* escoria "
    "corrupt* arrombad* corno cuzao porra pendejada metete metanse "
    "mugr* muert* jueput* gil perro* pirobo malnacid* canalla patan maleducad* gallito chismos* "
    "metich* agiotist* sapo sapa lambon* chupasangre* "
    "sanguijuel* mendigo hocico cago cagon* mamon* mamada* culicagad* ratero* webon* weon* aweonao "
    "mierd* cochin* tarad* salame baboso* babos* imbesil bobo "
    "boba lacra* carron* desgracia* putead* joto tonto tonta infeliz* miserable* muerde vayanse "
    "largate chupa chupen pelan besame jodanse chucha conchas "
    "ojete* verme vermes ladra abutre* abutres trouxas otarios nojento* nojent* cretino* palhac* "
    "vaca cambada bosta cornos desalmad* patetic*",
    // person
    "asesor* persona personas humano humana alguien alguem atendente* agente* gerente* supervisor* "
    "encargad* operador* ejecutiv* robot maquina bot pessoa "
    "representante* responsable grabacion contestadora automatic* licenciad* abogado* doctor* "
    "humanos contestador* directamente",
    // talk
    "hablar* habla hable hablo comunic* falar fala falo llame llamar llamada llamame llameme "
    "marque marca marcar atend* atiend* conversar platic* liga "
    "ligue ligacao audio explicar* explico charlar marquenme hablenme marcame llamarme llamenme "
    "llamada* videollamada echame",
    // doubt debt
    "reconozco reconheco corresponde error erro cobran cobrando cobraron cobro cobros cobranca "
    "cobraram injust* indebid* indevid* duplicad* doble dobro dos "
    "fraude* estaf* clon* contrate contratei contratado devolv* devolvi pedi compre comprei firme "
    "assinei acepto aceito diferente sirve funciona funciono "
    "usurp* inflad* abusiv* ilegal* robo robando prescrib* suplant* clonad* equivocacion pactado "
    "acordado acordamos contrato demandare usura inflaron "
    "invento inventan inventad* devolucion garantia reverse* reversen anul* mentira falso falsa "
    "clono reclamacion impugn* objet* desconozco descuadr* "
    "cuadra cuadran inexist* demas sobra exager* revisen corrijan corrij*",
    // yes
    "si sim claro dale ok oka okis okey okay okk listo lista vale va correcto exacto acuerdo "
    "perfecto afirmativo bueno sip simon beleza combinado fechado "
    "certo sale arre orale isso esta tabien bien blz joia jalo hagale hecho efectivamente confirmo "
    "acepto aceito sipi sirve sisas cabal supuesto simona "
    "seee simonn oc sii yes yep confirmado andele fierro arranca metale eso correctamente justo",
    // thanks
    "gracias grax graci* obrigad* agradez* agradec* valeu grato grata amable bendig* bendic* "
    "abenco* brigad* vlw tks thanks thank thx tenkiu mercy "
    "agradecimiento dios",
    // greeting
    "hola oi ola holi holis buenas buenos bom boa alo saludos saludo hi hello buen buenass qhubo "
    "quiubo eai opa tardes noches bomdia buendia klk qubo "
    "quihubo onda wena wenas bendiciones holaa noxes tardecitas nochecitas aja oe epa epale "
    "reportandome estan estas feliz xopa tal",
    // want
    "quiero quisiera quero queria necesito preciso ocupo deseo gustaria urge requiero solicito "
    "puedan gostaria kiero",
    // send
    "mande mandeme mandenme mandame envie envieme enviame pasame paseme pase pasen pasas manda "
    "envia reenvi* regaleme regalame facilit* mandem passa "
    "adjunt* remit*",
    // inform
    "digo digale dile diga paso comento aviso avisar recado doy entrego",
    // other person
    "ella el ele ela dela dele suyo esposa suya",
    // here
    "aqui aca ahi alli vive viven mora salio viajo vuelve regresa",
    // if
    "cuando quando apenas caso assim hasta ate",
    // laugh
    "jaja* jeje* haha* kkk* rsrs* jsjs* lol",
    // buy
    "vendo vender compra venden venta precio inscripcion vacante horario abren abierto direccion "
    "inscrib* matricul* requisito* horarios sorteo partido "
    "internet televisor wifi megas paquete vacantes cdt credito prestamo precio* cuestan",
    // sorry
    "perdon perdone disculp* desculp* sinto lamento pena",
    // promise
    "prometo juro promesa palabra seguro falta* fijo aseguro garantizo compromet* cumplir "
    "tranquil* cuente conte",
};

struct Lexicon {
  // Sounds of words, those of beginnings with a star.
  std::unordered_map<std::string, uint8_t> concepts;
  Lexicon() {
    uint8_t number = 0;
    for (const auto words : kConcepts) {
      for (const auto word : split_words(words, ' ')) {
        const bool is_beginning = word.ends_with('*');
        concepts.emplace(
            sound_of(word.substr(0, word.size() - is_beginning)) + (is_beginning ? "*" : ""),
            number);
      }
      ++number;
    }
  }
};

}  // namespace

std::optional<uint8_t> concept_of(std::string_view sound) {
  static const Lexicon lexicon;
  std::string key(sound);
  if (const auto whole = lexicon.concepts.find(key); whole != lexicon.concepts.end())
    return whole->second;
  for (; key.size() >= 3; key.pop_back()) {
    const auto beginning = lexicon.concepts.find(key + '*');
    if (beginning != lexicon.concepts.end()) return beginning->second;
  }
  return std::nullopt;
}

}  // namespace puntual::conversation
