namespace Smpi.Conformance.Tests;

public sealed class IpcConformanceTests : ProtocolConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override IServerProtocol CreateListener() => Named();

    protected override IProtocol CreateDialler(IListener listener) => Named();

    private IpcProtocol Named() => new($"conformance-{_directory.GetHashCode()}", new IpcOptions { Directory = _directory.File("ipc") });
}
