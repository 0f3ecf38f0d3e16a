#pragma once

#include "core/base/Result.h"
#include "core/mail/Mail.h"
#include "core/mail/MailRequest.h"
#include "core/mail/OutboxStore.h"

namespace warder {

class Sealer;
class Transaction;

/// A mail, or a request, and the row that it is while it waits: whom it is for stands in the open, what it says is sealed.
namespace sealed_mail {

/// Seals by itself (sealed_columns::sealWithin()). On the writer.
Result<OutboxRow> rowOf(Transaction &transaction, const Sealer &sealer, const Mail &mail, TimePoint now);
Result<OutboxRow> rowOf(Transaction &transaction, const Sealer &sealer, const MailRequest &request, TimePoint now);

/// CryptoFailure where it does not open, or holds something else.
Result<Mail> mailOf(const OutboxRow &row, const Sealer &sealer);
Result<MailRequest> requestOf(const OutboxRow &row, const Sealer &sealer);

} // namespace sealed_mail
} // namespace warder
