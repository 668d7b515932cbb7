using System.Net;
using System.Net.Sockets;

namespace Smpi.Providers.Tcp.Tests;

/// <summary>Counts the file descriptors of the process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    private const int Rounds = 200;

    [Fact]
    public async Task Refused_connections_leave_nothing_open()
    {
        using var directory = new TempDirectory();
        IListener listener = await new TcpProtocol("127.0.0.1", 0).ListenAsync();
        await listener.DisposeAsync();
        int port = new Uri(listener.Address).Port;
        await AssertNoLeakAsync(async () =>
        {
            await Assert.ThrowsAsync<ChannelClosedException>(() => new TcpProtocol("127.0.0.1", port).ConnectAsync());
            await Assert.ThrowsAsync<ChannelClosedException>(() => new UnixSocketProtocol(directory.File("none")).ConnectAsync());
        });
    }

    [Fact]
    public async Task Cancelled_connections_leave_nothing_open()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(512);
        var tcp = new TcpProtocol("127.0.0.1", ((IPEndPoint)silent.LocalEndPoint!).Port);
        var tls = new TlsProtocol(tcp);
        await AssertNoLeakAsync(async () =>
        {
            foreach (IProtocol protocol in new IProtocol[] { tcp, tls })
            {
                using var cancel = new CancellationTokenSource();
                Task<IConnection> connecting = protocol.ConnectAsync(Wire.Options(), cancel.Token).AsTask();
                using Socket accepted = await silent.AcceptAsync().WaitAsync(Wire.Patience);
                await cancel.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Wire.Patience));
            }
        });
    }

    [Fact]
    public async Task Refused_peers_leave_nothing_open_on_a_listener()
    {
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = Certificates.Shared.Server();
        var limits = new SmpiLimits { CloseTimeout = TimeSpan.FromMilliseconds(500) };
        var protocol = new TlsProtocol(new TcpProtocol("127.0.0.1", 0), new TlsOptions { Certificate = certificate });
        await using IListener listener = await protocol.ListenAsync(Wire.Options() with { Limits = limits });
        var plain = new TcpProtocol("127.0.0.1", new Uri(listener.Address).Port);
        await AssertNoLeakAsync(async () => await Assert.ThrowsAsync<ChannelClosedException>(() => plain.ConnectAsync()));
    }

    private static async Task AssertNoLeakAsync(Func<Task> round)
    {
        // The first round opens what the runtime keeps.
        await round();
        int before = Open();
        for (int i = 0; i < Rounds; i++) await round();
        Assert.True(await Wire.EventuallyAsync(() => Open() <= before + 5), $"{before} were open before and {Open()} after.");
    }

    private static int Open() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
