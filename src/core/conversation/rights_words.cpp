// Their data: to have them deleted, to have nothing done with them, to have them corrected, to know
// what is held and from where.
#include "core/conversation/grave_list.h"
#include "core/conversation/grave_words.h"

namespace puntual::conversation {
namespace {

#define DATA "datos|dados|informacion|informacao|informacoes"
#define CONSENT "autorizacion|autorizacao|consentimiento|consentimento"
constexpr std::string_view kErasure[] = {
    "borren|borre|borrar|borrenme|eliminen|elimine|eliminar|supriman|suprima|suprimir|quiten|quite|"
    "quitar|saquen|saque|sacar|retiren|retire|apaguem|apague|apagar|excluam|exclua|excluir|removam|"
    "remover|deletem|deletar "
    "<3> mis|mi|meus|minhas|minha|nuestros " DATA,
    "borren|borre|borrar|borrarme|borrenme|eliminen|eliminenme|eliminarme|saquenme|saqueme|sacarme|"
    "quitenme|quiteme|retirenme|retirarme|tirem|excluam|removam <5> base|bases de " DATA,
    "derecho|direito <2> supresion|olvido|eliminacion|borrado|esquecimento|eliminacao|exclusao"};
constexpr std::string_view kOpposition[] = {
    "opongo|oponho|oponerme|opormo|oposicion|oposicao <1> al|ao|a|del <2> "
    "tratamiento|tratamento|uso|manejo",
    "no|nao autorizo|autorice|autorizei|consiento|consinto|doy <3> "
    "tratamiento|tratamento|uso|manejo <2> mis|meus " DATA,
    "revoco|revocar|revocatoria|retiro|retirar|revogo|revogar <3> " CONSENT,
    CONSENT " <5> revoco|revocamos|revoque|revoquen|revogo|retiro",
    "derecho|direito <1> oposicion|oposicao"};
#define CORRECT                                                                                 \
  "corrijan|corrija|corregir|corregirme|corrijanme|corrijame|corrigeme|rectifiquen|rectifique|" \
  "rectificar|actualicen|actualice|"                                                            \
  "actualizar|actualizarme|cambien|cambie|cambiar|modifiquen|modifique|modificar|corrijam|"     \
  "corrigir|retifiquem|retifique|retificar|"                                                    \
  "atualizem|atualize|atualizar|mudem|mudar"
constexpr std::string_view kRectification[] = {
    CORRECT " " DATA,
    CORRECT " mis|mi|meus|minhas|minha|meu|nuestros|el|los|o|os " DATA
            "|nombre|apellido|apellidos|nome|sobrenome|direccion|endereco|correo|email|mail|cedula|"
            "cpf|rut|dni|telefono|telefone",
    "mi|meu|minha "
    "nombre|apellido|cedula|documento|correo|direccion|nome|sobrenome|cpf|endereco|email|rut|dni "
    "<2> esta|estan|estao|quedo|aparece|sale|figura|escribieron|tienen|ta <2> "
    "mal|errado|errada|equivocado|equivocada|incorrecto|incorrecta",
    DATA
    " <3> esta|estan|estao|ta|tao <2> "
    "mal|errados|erradas|errado|equivocados|incorrectos|desactualizados|desatualizados",
    "derecho|direito <2> rectificacion|retificacao|correccion|correcao|actualizacion"};
constexpr std::string_view kAccess[] = {
    "copia|copias|prueba|soporte|evidencia|prova|comprovante <2> de|da|do <2> " CONSENT,
    "copia|copias de|dos|das <3> " DATA " personales|pessoais|que|tienen",
    "que|cuales|cual|quais|cuanta <1> " DATA
    " <1> tienen|tiene|guardan|manejan|poseen|conservan|tem|guardam",
    DATA " que|k <2> tienen|tiene|tem <1> de|sobre <1> mi|mim",
    "habeas data",
    "ley <2> 1581|1266|2157|29733|19628|21719|25326|18331",
    "lgpd",
    "ley|lei de <1> proteccion|protecao <1> de <1> " DATA,
    "derecho|direito <2> acceso|acesso"};
// "¿Quién les dio mi número?": from where they have it is theirs to know.
constexpr std::string_view kSource[] = {
    "quien|quienes|quem|donde|onde|como <3> "
    "dio|dieron|paso|pasaron|deu|passou|sacaron|sacaste|saco|consiguieron|consiguio|obtuvieron|"
    "conseguiram|conseguiu|arrumaram|pegaram|tiraram|tienen <2> mi|meu <1> "
    "numero|num|telefono|celular|cel|contacto|whatsapp|wasap|telefone|contato|zap",
    "donde|onde|como|quien|quem <3> "
    "sacaron|saco|consiguieron|obtuvieron|tienen|conseguiram|pegaram|obtiveram|dio|deu <2> "
    "mis|mi|meus " DATA};
// Of an account, a page, a telephone's plan.
constexpr std::string_view kNotOfData[] = {DATA " bancarios|bancaria|moviles|mobiles",
                                           DATA " de|del|da|do <1> pago|cuenta|pagamento|conta",
                                           DATA " para pagar|consignar|transferir|depositar",
                                           "no|nao borren|borre|eliminen|elimine|quiten|apaguem"};
#undef CORRECT
#undef CONSENT
#undef DATA

}  // namespace

bool asks_for_the_source(std::string_view text) {
  static const GraveList list(kSource, kNotOfData);
  return list.has(text);
}

std::optional<RightKind> right_asked_for(std::string_view text) {
  static const GraveList erasure(kErasure, kNotOfData), opposition(kOpposition, kNotOfData),
      access(kAccess, kNotOfData), rectification(kRectification, kNotOfData);
  if (erasure.has(text)) return RightKind::Erasure;
  if (opposition.has(text)) return RightKind::Opposition;
  if (rectification.has(text)) return RightKind::Rectification;
  return access.has(text) || asks_for_the_source(text) ? std::optional(RightKind::Access)
                                                       : std::nullopt;
}

}  // namespace puntual::conversation
