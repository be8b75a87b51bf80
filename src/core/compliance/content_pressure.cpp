// What presses without a threatening word: a visit announced, a child's school, a service cut in
// hours, an hour of today, a last notice "before the proceeding". Counted as threats. Found missing
// by an auditor on 2026-11-23.
#include "core/compliance/content_phrases.h"

namespace puntual::compliance::phrases {
namespace {

#define HOME "casa|domicilio|hogar|residencia|vivienda|trabajo|trabalho|empresa|oficina"
#define SCHOOL                                                                              \
  "examen|examenes|notas|boletin|boletines|boletim|calificaciones|clase|clases|aula|aulas|" \
  "certificado|certificados|diploma|grado|graduacion|prova|provas|evaluaciones"
#define SOON "hoy|hoje|manana|amanha|horas|inmediato|inmediatamente|enseguida|imediatamente"

#define PAY                                                                                   \
  "pague|paga|pagas|pagar|paguen|cancele|cancela|cancelar|deposite|deposita|depositar|abone|" \
  "abonar|consigne|consignar|transfiera|transferir|regularice|regularizar|regularize|salde|"  \
  "saldar|quite|quitar|liquide|liquidar"
#define DEBT "deuda|deudas|divida|dividas|obligacion|obligaciones|credito|debito|prestamo"

constexpr std::string_view kPressure[] = {
    "pasara|pasaran|pasaremos|ira|iran|iremos|llegara|llegaremos|llegaran|acudira|acudiremos|"
    "visitara|visitaran|visitaremos|visitarlo|visitarla|visitarte|enviaremos|mandaremos|passara|"
    "passaremos|"
    "irao <6> su|tu|sua|seu|vuestra|lugar|local <1> " HOME,
    "visita|visitas <1> a|en|na|no|em <1> su|tu|sua|seu|lugar <1> " HOME,
    "visita|visitas domiciliaria|domiciliarias|domiciliar",
    // A child's school is no means of collection.
    "no|nao <1> podra|podran|puede|pueden|podera|poderao|pode <2> "
    "presentar|rendir|entrar|ingresar|asistir|hacer|recibir|ver|retirar|dar|fazer|assistir|receber "
    "<4> " SCHOOL,
    "no|nao <1> podra|podran|podera|poderao <1> graduarse|matricularse|formarse",
    "no|nao <2> "
    "entregaremos|entregara|entregaran|entregamos|publicaremos|expediremos|emitiremos|daremos|"
    "dejaremos|permitiremos|deixaremos <6> " SCHOOL,
    "retendremos|retenemos|retendran|retendra|reteremos|bloquearemos <4> " SCHOOL,
    "quedara|quedaran|ficara|ficarao|dejaremos <4> sin|fuera|sem|fora <3> " SCHOOL,
    "no|nao <2> fara|farao|faremos|hara|haran|haremos <4> matricula|" SCHOOL,
    "retendremos|retenemos|retendran|retendra|reteremos|bloquearemos <4> matricula|matriculas",
    // What is theirs is taken by a court or by nobody.
    "vehiculo|carro|moto|motocicleta|auto|camion|veiculo|celular|telefono <3> "
    "sera|seran|queda|quedara|ficara <2> "
    "retenido|retenida|inmovilizado|inmovilizada|decomisado|incautado|apreendido|apreendida|retido|"
    "recogido",
    // Nobody is collected from in the name of God, nor for a debt whose time is over.
    "dios|deus|jehova <3> castig*|juzg*|julg*|maldi*|cobra|cobrara|pune|punira",
    DEBT " <2> prescrita|prescritas|prescrito|prescritos|caducada|caducadas",
    "perdera|perderan|perderao <3> ano|cupo|vaga|matricula|" SCHOOL,
    // Some hours are no notice: a cut has its date.
    "cortaremos|cortamos|cortara|cortaran|suspenderemos|suspendemos|suspendera|suspenderan|"
    "desconectaremos|desconectamos|interromperemos|cortarao|suspenderao|bloquearemos <6> " SOON,
    "sera|seran <1> cortado|cortada|suspendido|suspendida|desconectado|desconectada <3> " SOON,
    SOON
    " <2> "
    "cortaremos|cortamos|cortaran|suspenderemos|suspendemos|suspenderan|desconectaremos|cortarao",
    "pague|paga|paguen|cancele|cancela|deposite|deposita|consigne|transfiera|regularice|regularize "
    "<4> hoy|hoje <3> antes|ate|hasta de|das|da|las|la|as|*",
    "debe|debes|tiene|tienes|deve|tem <1> pagar|cancelar|abonar|transferir|depositar <4> hoy|hoje "
    "<3> antes|ate|hasta de|das|da|las|la|as|*",
    "pague|paga|paguen|cancele|cancela|deposite|deposita|consigne|transfiera|regularice <4> "
    "antes|hasta <1> las <4> de|da hoy|hoje",
    "habra|havera|haverao|traera|traeran|tendra|tendras|tera|teras|generara <1> "
    "consecuencias|consequencias",
    "ultimo|ultima aviso|llamado|notificacion|recordatorio|llamada|notificacao|lembrete|comunicado "
    "<1> antes|previo|previa <3> "
    "proceso|processo|procesos|accion|acciones|tramite|medidas|corte|suspension|cobro|iniciar|"
    "pasar",
    // No hour of ours is the last, and nobody loses a right with it.
    "ultima|ultimas oportunidad|oportunidade|oportunidades|chance",
    PAY " <6> proxima|proximas|siguientes|seguintes <1> hora|horas|minutos",
    "proximas|siguientes|seguintes <1> horas|minutos <2> o|ou|perder*|" PAY,
    "tiene|tienes|tenes|tem|queda|quedan|restan|restam|faltan|faltam|solo|apenas <2> "
    "hora|horas|minutos <2> " PAY,
    "perder*|perderan|perderao|pierde|pierdes|pierda|perde|perca <3> derechos|direitos",
    "ahora|agora o|ou nunca|jamais",
    "se le|te|nos|esta|lhe <1> acaba|acabo|acabando|agota|agoto|agotando|termina|termino <1> "
    "tiempo|tempo",
    "no|nao <1> habra|hay|havera|ha mas|mais|otro|otra|outro|outra "
    "plazo|plazos|prazo|prorroga|oportunidad|oportunidades|oportunidade|chance",
    // A debt lapses when the law says so: to deny it is to deceive.
    DEBT " <6> no|nunca|jamas|nao|jamais <2> prescrib*|prescrib*|prescrev*|caduc*",
    "no|nunca|jamas|nao|jamais <2> prescrib*|prescrev*|prescripcion|prescricao",
    DEBT
    " <3> nunca|jamas|jamais <1> "
    "borr*|venc*|extingu*|desaparec*|termina*|acaba*|caduc*|some|apag*",
    "imprescriptible|imprescriptibles|imprescritivel",
    DEBT " <3> por|para vida|siempre|toda",
    "hijos|hijo|filhos|nietos|familia|herederos|herdeiros <3> hered*|herda*",
};

#undef PAY
#undef DEBT
#undef HOME
#undef SCHOOL
#undef SOON

// "Última oportunidad para pagar o perderá el beneficio": a last chance to save something is told
// ("… con el descuento de noviembre"), one that threatens with the loss is not.
constexpr std::string_view kLastChance[] = {
    "ultima|ultimas oportunidad|oportunidade|oportunidades|chance <9> o|ou|sino <2> "
    "perder*|pierde|pierdes|pierda|perde|perca|queda|quedara|ficara",
    "ultima|ultimas oportunidad|oportunidade|oportunidades|chance <9> * <9> o|ou <2> "
    "perder*|pierde|pierdes|pierda|perde|perca",
    "si|se no|nao <9> perdera|perderas|perderan|pierde|pierdes|perde <3> ultima "
    "oportunidad|oportunidade",
};

}  // namespace

std::span<const std::string_view> last_chance() { return kLastChance; }

std::span<const std::string_view> pressure() { return kPressure; }

}  // namespace puntual::compliance::phrases
