#include "core/conversation/heard.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {
namespace {

struct ButtonIntent {
  std::string_view payload;
  Intent intent;
};
// Those of the shipped templates; BAJA, ALTA and TITULAR_… act as soon as they arrive.
constexpr ButtonIntent kButtonIntents[] = {{"YA_PAGUE", Intent::Paid},
                                           {"PLAN", Intent::WantsPlan},
                                           {"AYUDA", Intent::WantsPerson},
                                           {"PAGAR", Intent::WantsToPay},
                                           {"BAJA", Intent::Stop},
                                           {"TITULAR_SI", Intent::Yes},
                                           {"TITULAR_NO", Intent::WrongNumber},
                                           {"TITULAR_CONOZCO", Intent::ThirdParty}};
constexpr std::string_view kChoicePayload = "OPCION_";

struct ButtonLabel {
  std::string_view label;  // Folded.
  Intent intent;
};
// Who writes what stands on a button has pressed it.
constexpr ButtonLabel kButtonLabels[] = {{"plan", Intent::WantsPlan},
                                         {"ya pague", Intent::Paid},
                                         {"ja paguei", Intent::Paid},
                                         {"quiero un plan", Intent::WantsPlan},
                                         {"quero um plano", Intent::WantsPlan},
                                         {"pagar en cuotas", Intent::WantsPlan},
                                         {"pagar en partes", Intent::WantsPlan},
                                         {"pagar por partes", Intent::WantsPlan},
                                         {"abonar en cuotas", Intent::WantsPlan},
                                         {"hablar con alguien", Intent::WantsPerson},
                                         {"falar com alguem", Intent::WantsPerson},
                                         {"necesito ayuda", Intent::WantsPerson}};

// Folded, of letters, with one blank between.
std::string plain_letters(std::string_view text) {
  std::string plain;
  for (const char c : fold_styled_text(text)) {
    if (c >= 'a' && c <= 'z')
      plain += c;
    else if (!plain.empty() && plain.back() != ' ')
      plain += ' ';
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

}  // namespace

void add_message(Heard& heard, std::string_view type, std::string_view text,
                 std::string_view payload) {
  heard.has_picture |= type == "image" || type == "document";
  heard.has_voice |= type == "audio";
  if (type == "reaction" || type == "contacts" || type == "location")
    return;                                 // Words of others, or none.
  if (!text.empty()) heard.choice.reset();  // "No, espere": what is said later counts.
  if (!payload.empty()) {
    const auto button = std::ranges::find(kButtonIntents, payload, &ButtonIntent::payload);
    if (button != std::end(kButtonIntents)) heard.pressed = button->intent;
    if (payload.starts_with(kChoicePayload) && payload.size() == kChoicePayload.size() + 1) {
      heard.choice = static_cast<size_t>(payload.back() - '0');
    }
  } else if (const auto* label =
                 std::ranges::find(kButtonLabels, plain_letters(text), &ButtonLabel::label);
             label != std::end(kButtonLabels)) {
    heard.pressed = label->intent;
  }
  if (text.empty()) return;
  if (!heard.words.empty()) heard.words += '\n';
  heard.words += text;
}

bool mentions_payment(std::string_view words) {
  static constexpr std::string_view kPaymentWords[] = {
      "pag",   "comprobante", "consign",    "transfer", "abon", "deposit", "soporte", "recibo",
      "nequi", "daviplata",   "yape",       "plin",     "pse",  "efecty",  "oxxo",    "baloto",
      "banco", "cajero",      "ventanilla", "efectivo", "pix",  "caja"};
  const std::string folded = fold_styled_text(words);
  return std::ranges::any_of(
      kPaymentWords, [&](std::string_view one) { return folded.find(one) != std::string::npos; });
}

bool asks_who_writes(std::string_view words) {
  static constexpr std::string_view kQuestions[] = {"quien es",
                                                    "quien eres",
                                                    "quien sos",
                                                    "quien es usted",
                                                    "quien escribe",
                                                    "quien me escribe",
                                                    "quien habla",
                                                    "quien me habla",
                                                    "de parte de quien",
                                                    "de parte de quien es",
                                                    "de parte de quien escribe",
                                                    "con quien tengo el gusto",
                                                    "de donde me escriben",
                                                    "de donde escriben",
                                                    "quem e",
                                                    "quem e voce",
                                                    "quem fala",
                                                    "quem esta falando"};
  std::string plain = plain_letters(words);
  for (const std::string_view greeting : {"hola ", "buenas ", "oi ", "perdon "}) {
    if (plain.starts_with(greeting)) plain.erase(0, greeting.size());
  }
  return std::ranges::find(kQuestions, plain) != std::end(kQuestions);
}

namespace {

// Words of both lists and no others, with one of the first at least.
bool says_only(std::string_view words, std::span<const std::string_view> matters,
               std::span<const std::string_view> around) {
  const std::string plain = plain_letters(words);
  bool found = false;
  for (const auto word : split_words(plain, ' ')) {
    const bool is_matter = std::ranges::find(matters, word) != matters.end();
    if (!is_matter && std::ranges::find(around, word) == around.end()) return false;
    found = found || is_matter;
  }
  return found;
}

}  // namespace

bool asks_for_machine(std::string_view words) {
  static constexpr std::string_view kMachines[] = {"robot", "robo", "bot", "maquina", "chatbot"};
  static constexpr std::string_view kAround[] = {
      "eres",     "es",    "sos",   "seras",   "sera",    "usted",     "vos", "tu",
      "esto",     "eso",   "un",    "una",     "o",       "q",         "que", "persona",
      "pessoa",   "real",  "de",    "verdad",  "verdade", "hablo",     "con", "estoy",
      "hablando", "acaso", "hola",  "voce",    "e",       "um",        "uma", "isso",
      "falo",     "com",   "estou", "falando", "humano",  "verdadera", "y",   "vc",
      "vcs",      "quien", "quem",  "alguien", "alguem",  "algum"};
  static constexpr std::string_view kHumans[] = {
      "es|eres|sos|e|sera <2> una|un|uma|um <1> persona|pessoa|humano|humana <1> de <1> "
      "verdad|verdade",
      "es|eres|sos|e|sera <2> una|un|uma|um <1> persona|pessoa|humano|humana real"};
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kHumans);
    return index;
  }();
  const std::string plain = plain_letters(words);
  const auto said = split_words(plain, ' ');
  return says_only(words, kMachines, kAround) || (said.size() <= 9 && kIndex.lists_in(said) != 0);
}

bool asks_if_genuine(std::string_view words) {
  static constexpr std::string_view kMatters[] = {"estafa",   "fraude",    "golpe",
                                                  "phishing", "falso",     "falsa",
                                                  "oficial",  "confiable", "confiavel"};
  static constexpr std::string_view kAround[] = {
      "esto",    "eso",      "este",     "esta",   "es",   "sera",     "seran",    "son",
      "no",      "una",      "un",       "o",      "y",    "que",      "q",        "como",
      "se",      "puedo",    "saber",    "si",     "de",   "verdad",   "acaso",    "parece",
      "hola",    "buenas",   "mensaje",  "numero", "chat", "whatsapp", "perdon",   "real",
      "isso",    "isto",     "e",        "um",     "uma",  "nao",      "mensagem", "como",
      "sei",     "oi",       "parecido", "alguna", "tipo", "cuenta",   "tan",      "muy",
      "ustedes", "verdadero"};
  return says_only(words, kMatters, kAround);
}

bool finds_link_dead(std::string_view words) {
  static constexpr std::string_view kDead[] = {
      "no|nao <2> "
      "abre|abren|abrio|abriu|carga|cargo|carrega|funciona|sirve|deja|abrir|entra|reconoce <3> "
      "link|enlace|pagina|boton|pse|pix",
      "link|enlace|pagina|boton|botao <2> no|nao <2> "
      "abre|abrio|abriu|carga|carrega|funciona|sirve|deja|entra|sale",
      "link|enlace|pagina <2> da|dio|sale|marca|manda|deu|aparece|bota <1> "
      "error|erro|vencido|caducado|expirado",
      "link|enlace <1> esta|ta <1> "
      "caido|roto|muerto|danado|quebrado|vencido|caducado|expirado|malo",
      // What the bank or the page refuses.
      "rechaza|rechazan|rechazo|rechazada|rechazado|rechazaron|recusa|recusou|recusado|recusada|"
      "declinada|declinado|negada|negado <3> tarjeta|pago|cartao|pagamento|transaccion|compra|pix",
      "tarjeta|pago|cartao|pagamento|transaccion|transacao|compra|pix <3> "
      "rechaza|rechazan|rechazo|rechazada|rechazado|rechazaron|recusa|recusou|recusado|recusada|"
      "declinada|declinado|negada|negado",
      "no|nao <2> pasa|pasan|paso|passa|passou|acepta|aceptan|aceita|recibe|reciben|toma|toman <3> "
      "tarjeta|cartao",
      "tarjeta|cartao <2> no|nao <2> pasa|paso|passa|passou|funciona|sirve|entra",
      "error|erro|falla <3> pagar|pago|pagamento|tarjeta|cartao",
      "no|nao me|se <1> deja|permite|deixa <1> pagar|abonar|transferir"};
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kDead);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

bool asks_for_the_least(std::string_view words) {
  static constexpr std::string_view kLeast[] = {
      "cuanto|cual|quanto|qual|que <3> minimo|menos",
      "lo|o <1> minimo <4> pagar|abonar|dar|consignar|depositar|puedo|posso|recibir|reciben",
      "con|com cuanto|quanto <3> empezar|arrancar|comecar"};
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kLeast);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

bool asks_for_another_day(std::string_view words) {
  static constexpr std::string_view kAnotherDay[] = {
      "cambiar|cambiarme|cambien|cambie|mover|correr|aplazar|mudar|alterar|modificar|posponer <2> "
      "fecha|dia|data|vencimiento|vencimento",
      "otra|outra fecha|data"};
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kAnotherDay);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

bool speaks_of_service(std::string_view words) {
  if (finds_link_dead(words)) return true;
  static constexpr std::string_view kService[] = {
      "reconex*|reconect*|reinstal*|religa*",
      "reactiv*|reestablec*|restablec*|restituy* <3> servicio|internet|linea|luz|agua|senal",
      "cancel*|termin*|rescind*|finaliz*|anul* <2> "
      "contrato|suscripcion|membresia|afiliacion|matricula",
      "termin*|suspend*|retir*|desinstal* <2> servicio|internet|linea|plan",
      "traslad* <3> servicio|internet|linea|contrato",
      "si|se|cuando <2> no|nao <1> pago|pagar|cancelo <3> "
      "pasa|pasaria|acontece|ocurre|sucede|hacen",
      "que|q pasa|pasaria|acontece|sucede si|se <1> no|nao <1> pago|pagar",
      "vao|podem|pueden|vai|pode negativar|reportar|cortar|suspender|bloquear",
      "van|vao|pueden|podem|iban <1> a <1> "
      "reportar|reportarme|cortar|cortarme|embargar|embargarme|negativar|suspenderme|suspender|"
      "bloquear",
      "estoy|quede|estou|fiquei|sigo <1> reportado|reportada|negativado|negativada",
      "datacredito|transunion|buro|serasa|spc|infocorp|veraz|dicom|equifax",
      "cuando|cuanto|quando <3> "
      "responden|respondem|contestan|revisan|revisam|resuelven|resolvem|avisan|confirman|atienden",
      "no|nao <1> se|sei <1> escribir|escrivir|escrever|leer|ler",
      "no|nao escribo|escrevo <2> bien|bem|mucho|muito",
      "donde|onde|cual|direccion|endereco <3> oficina|oficinas|sede|sucursal|escritorio|ubicados|"
      "ubicadas|ubican",
      "que|q|k|oque <2> significa|quiere|quer|es|e <2> mora|moroso|morosidad|vencido|vencida",
      "baja <3> "
      "gimnasio|servicio|internet|linea|contrato|seguro|tarjeta|suscripcion|membresia|cable|curso",
      "equivoque|equivocamos|errei <2> cuenta|conta|banco|referencia|numero de|al|para"};
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kService);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

#define SEND_ME                                                                                    \
  "mandeme|mandame|manden|mandenme|envieme|enviame|envien|envienme|paseme|pasame|deme|dame|denme|" \
  "regaleme|regalame|compartame|compartime|compartirme|faciliteme|reenvieme|reenviame|mostrame|"   \
  "muestreme|muestrame"
#define ME_SENDS                                                                              \
  "me <1> "                                                                                   \
  "manda|mande|mandan|manden|envia|envie|envian|envien|pasa|pase|pasan|da|dan|regala|regale|" \
  "regalan|comparte|compartes|"                                                               \
  "mandas|envias|pasas|das|regalas|puede|puedes|podes|pueden|podria|podrian|podrias"
#define CAN_SEND                                                                               \
  "puede|puedes|podes|pueden|podria|podrias|podrian|pode|podem|poderia <1> "                   \
  "mandar|enviar|pasar|dar|regalar|generar|expedir|compartir|mandarme|enviarme|pasarme|darme|" \
  "regalarme|generarme|compartirme"
#define NEED \
  "necesito|quiero|quisiera|ocupo|requiero|solicito|preciso|quero|queria|gostaria|manda|envia"
#define NOT_COME \
  "no|nao <2> llego|llegado|llega|recibi|tengo|recebi|chegou|mandaron|enviaron|dieron"

bool asks_for_receipt(std::string_view words) {
#define PAPER "recibo|comprobante|constancia|soporte|certificado|comprovante"
#define OF_PAYMENT                                                                     \
  PAPER                                                                                \
  " de|del|do|da|que <3> "                                                             \
  "pago|pagos|abono|pague|paguei|pagado|cancele|pagamento|consignacion|transferencia|" \
  "deposito|consigne|transferi"
  static constexpr std::string_view kWishes[] = {
      SEND_ME " <3> " OF_PAYMENT,  ME_SENDS " <5> " OF_PAYMENT,
      CAN_SEND " <3> " OF_PAYMENT, NEED " <4> " OF_PAYMENT,
      OF_PAYMENT " <3> por favor", OF_PAYMENT " <3> porfa|porfavor|xfa|porfis|pfv",
      NOT_COME " <2> " OF_PAYMENT};
  static constexpr std::string_view kSends[] = {
      "enviarle|enviarles|mandarle|mandarles|pasarle|pasarles|subir|adjuntar|adjunto|anexo|mostrar|"
      "mostrarle",
      "le|les|te|lhe|ya|ja|aca|aqui|ahi <1> mando|envio|mande|envie|paso|pase|dejo|enviei|mandei",
      "vean|revisen|reviso|quien|donde|onde|quem <5> " PAPER};
#undef OF_PAYMENT
#undef PAPER
  constexpr PhraseLists kWish = 1, kSend = 2;
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(kWish, kWishes);
    index.add(kSend, kSends);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) == kWish;
}

bool asks_for_agreement(std::string_view words) {
#define AGREEMENT "acuerdo|convenio|acordo|arreglo"
#define THE_AGREEMENT "el|mi|del|nuestro|ese|o|do|meu|nosso " AGREEMENT
#define COPY_OF_IT \
  "copia|hoja|pdf|documento|papel|soporte|comprobante|constancia|comprovante|via <2> " AGREEMENT
#define IN_WRITING AGREEMENT " <4> por escrito"
  static constexpr std::string_view kWishes[] = {
      SEND_ME " <2> " THE_AGREEMENT,
      ME_SENDS " <3> " THE_AGREEMENT,
      CAN_SEND " <2> " THE_AGREEMENT,
      NEED " " THE_AGREEMENT,
      NEED " ver|ter|tener " THE_AGREEMENT,
      NOT_COME " <1> " THE_AGREEMENT,
      "manda|mande|envia|envie|pasa <1> " THE_AGREEMENT,
      THE_AGREEMENT " <2> en pdf",
      "donde|onde <1> esta|veo|vejo|encuentro|encontro <1> " THE_AGREEMENT,
      SEND_ME " <3> " COPY_OF_IT,
      ME_SENDS " <4> " COPY_OF_IT,
      CAN_SEND " <3> " COPY_OF_IT,
      NEED " <3> " COPY_OF_IT,
      NOT_COME " <2> " COPY_OF_IT,
      IN_WRITING,
      "copia|hoja|pdf de|del|do <1> " AGREEMENT};
#undef IN_WRITING
#undef COPY_OF_IT
#undef THE_AGREEMENT
#undef AGREEMENT
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kWishes);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

bool puts_off_the_talk(std::string_view words) {
  static constexpr std::string_view kLater[] = {
      "no|nao tengo|tenho|hay|tem|tuve <2> tiempo|tempo|chance",
      "sin|sem tiempo|tempo",
      "no me da <1> tiempo",
      "estoy|toy|ando|estou|to|tou <2> "
      "ocupado|ocupada|ocupadisimo|ocupadisima|manejando|conduciendo|dirigindo|trabajando|"
      "laburando|trabalhando|atendiendo",
      "estoy|toy|ando|estou|to|tou <1> en|no|na|em|numa <2> "
      "reuniao|reunion|junta|clase|aula|trabajo|trabalho|pega|laburo|oficina|consulta",
      "voy|vou manejando|conduciendo|dirigindo|en|no",
      "ahora|ahorita|agora|orita|hoy <1> no|nao <1> puedo|posso|da <1> "
      "hablar|atender|atenderle|falar|responder|contestar|escribir|chatear|leer|pra|para",
      "no|nao puedo|posso <1> hablar|atender|atenderle|falar|responder|contestar|escribir <2> "
      "ahora|ahorita|agora|orita|en este",
      "luego|despues|rato|tarde|depois|logo <1> te|le|les|lhe|los <1> "
      "hablo|escribo|contesto|respondo|chamo|llamo|marco|aviso|falo|leo|veo|miro",
      "estoy|ando ocupado|ocupada luego|despues"};
  static constexpr std::string_view kMatters[] = {
      "pag*|abon*|consign*|deposit*|transf*|plata|dinero|dinheiro|guita|grana|cuota*|deuda*|divida|"
      "factura*|boleto|link|enlace|saldo|debo|devo|plan|plano|acuerdo|acordo|banco|pix|cancel*|"
      "quiero|quero|necesito|preciso|ni|nem|nunca|jamas",
      "escriban|escriba|escribas|llamen|llame|molest*|moleste*|insist*"};
  constexpr PhraseLists kPutsOff = 1, kMore = 2;
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(kPutsOff, kLater);
    index.add(kMore, kMatters);
    return index;
  }();
  const std::string plain = plain_letters(words);
  const auto said = split_words(plain, ' ');
  return said.size() <= 12 && kIndex.lists_in(said) == kPutsOff;
}

bool asks_for_discount(std::string_view words) {
#define COST                                                                                   \
  "interes|intereses|juros|mora|multa|multas|recargo|recargos|punitorio|punitorios|moratorio|" \
  "moratorios|encargos"
  static constexpr std::string_view kWishes[] = {
      "condonan|condonar|condonarme|condonen|condoneme|condonenme|condonacion|exonerar|exoneran|"
      "exonerarme|exonerenme|bonificar|bonifican|bonificarme <4> " COST "|deuda|divida|parte|algo",
      "perdonan|perdonen|perdonar|perdonarme|perdonas|perdonenme|perdonarian|perdoam|perdoar|"
      "perdoem <3> " COST "|deuda|divida|parte|algo",
      "perdone|perdoname los|la|el " COST,
      "quitan|quitar|quitarme|quiten|quitenme|quiteme|quitas|quitame|sacan|sacar|sacarme|sacas|"
      "tirar|tiram|tira|tirem|abater|abatem|rebajar|rebajan|rebajarme|rebajen|rebajeme|bajar|bajan|"
      "bajen|bajeme|bajarme|descontar|descuentan|descuenten|descontarme|reducir|reduzir|congelan|"
      "congelar <3> " COST,
      "hay|tem|tienen|hacen|haces|hace|hagame|hazme|haceme|haria|harian|hagan|dan|dar|darme|dariam|"
      "fazem|faz|quiero|quisiera|quero|ofrecen <3> "
      "descuento|descuentos|descuentico|desconto|quita|rebaja|condonacion",
      "descuento|desconto|rebaja si|se|pronto"};
#undef COST
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(1, kWishes);
    return index;
  }();
  const std::string plain = plain_letters(words);
  return kIndex.lists_in(split_words(plain, ' ')) != 0;
}

#undef NOT_COME
#undef NEED
#undef CAN_SEND
#undef ME_SENDS
#undef SEND_ME

Sign sign_of(std::string_view words) {
  static constexpr std::string_view kYes[] = {"👍", "👌"}, kThanks = "🙏";
  static constexpr std::string_view kKindness[] = {"❤",    "🧡", "💙", "💚",   "🤗", "😊",
                                                   "🙂", "☺",    "😁", "😃",   "😀",    "🙌",
                                                   "👏",    "🤝", "💪", "🥰"};
  // Colours of the skin, and how a sign is drawn.
  static constexpr std::string_view kShades[] = {"🏻", "🏼",   "🏽", "🏾",
                                                 "🏿", "\uFE0F", " ",    "\n"};
  Sign sign = Sign::None;
  const auto takes = [&](std::string_view one) {
    if (!words.starts_with(one)) return false;
    words.remove_prefix(one.size());
    return true;
  };
  while (!words.empty()) {
    if (std::ranges::any_of(kYes, takes))
      sign = sign == Sign::Thanks ? sign : Sign::Yes;
    else if (takes(kThanks) || std::ranges::any_of(kKindness, takes))
      sign = Sign::Thanks;
    else if (!std::ranges::any_of(kShades, takes))
      return Sign::None;
  }
  return sign;
}

}  // namespace puntual::conversation
