#include "ui/providers/TrustBox.h"

using namespace Qt::StringLiterals;

namespace warder {

TrustBox::TrustBox(QWidget *parent)
    //: Check box of a form: whether an e-mail address that a provider calls verified is taken for proven here.
    : QCheckBox(tr("Its &verified addresses count as proven here"), parent)
{
    setObjectName(u"trustEmail"_s);
    //: Tool tip of a check box: what follows when the addresses that a provider calls verified are believed.
    setToolTip(tr("Who signs in with it for the first time gets the account of that address, or a new one, without another proof. Only for "
                  "providers that check addresses."));
}

} // namespace warder
