#pragma once

#include <QCheckBox>

namespace warder {

/// Whether an address that a provider calls verified counts as proven here. GUI thread.
class TrustBox final : public QCheckBox
{
    Q_OBJECT
public:
    explicit TrustBox(QWidget *parent);
};

} // namespace warder
