using System.Runtime.Versioning;

namespace Smpi.Conformance.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnixSocketConformanceTests : ProtocolConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override IServerProtocol CreateListener() => new UnixSocketProtocol(_directory.File("app.sock"));

    protected override IProtocol CreateDialler(IListener listener) => new UnixSocketProtocol(_directory.File("app.sock"));
}
