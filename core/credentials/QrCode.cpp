#include "core/credentials/QrCode.h"

#include <qrcodegen/qrcodegen.hpp>

namespace warder {
namespace {

constexpr int quietZone = 4; // ISO/IEC 18004 §5.3.8

/// The dark modules of a row, those beside each other as one rectangle.
QByteArray rowOf(const qrcodegen::QrCode &code, int y)
{
    QByteArray path;
    for (int x = 0; x < code.getSize(); ++x) {
        int run = 0;
        while (code.getModule(x + run, y)) // beyond the edge all are light
            ++run;
        if (run == 0)
            continue;
        const QByteArray width = QByteArray::number(run);
        path += 'M' + QByteArray::number(x + quietZone) + ' ' + QByteArray::number(y + quietZone) + 'h' + width + "v1h-" + width + 'z';
        x += run;
    }
    return path;
}

} // namespace

QByteArray qrCodeSvg(QStringView text)
{
    const auto code = qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
    QByteArray path;
    for (int y = 0; y < code.getSize(); ++y)
        path += rowOf(code, y);
    const QByteArray side = QByteArray::number(code.getSize() + 2 * quietZone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + ' ' + side
           + R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + 'v' + side + R"(H0z"/><path d=")" + path
           + R"("/></svg>)";
}

} // namespace warder
