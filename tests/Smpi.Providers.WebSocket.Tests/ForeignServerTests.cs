using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class ForeignServerTests
{
    [Theory]
    [InlineData("220 mail.example ready\r\n")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\r\n\r\n")]
    public async Task A_server_that_is_not_http_is_told_from_one_that_is_not_there(string greeting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, Encoding.Latin1.GetBytes(greeting));
        string authority = listener.LocalEndpoint.ToString()!;
        await using ISmpiChannel channel = Endpoint.Connect($"ws://{authority}/smpi");
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon));
        Assert.Contains("is no HTTP server", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'tcp://{authority}'", error.Message, StringComparison.Ordinal);
        listener.Stop();
        await serving.WaitAsync(Endpoint.Soon);
    }

    [Fact]
    public async Task A_server_that_closes_without_an_answer_may_be_no_http_server()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, []);
        await using ISmpiChannel channel = Endpoint.Connect($"ws://{listener.LocalEndpoint}/smpi");
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon));
        Assert.Contains("closed without an answer to the upgrade", error.Message, StringComparison.Ordinal);
        listener.Stop();
        await serving.WaitAsync(Endpoint.Soon);
    }

    // Reads the request, so that closing does not reset what was answered.
    private static async Task ServeAsync(TcpListener listener, byte[] greeting)
    {
        try
        {
            while (true)
            {
                using Socket socket = await listener.AcceptSocketAsync();
                _ = await socket.ReceiveAsync(new byte[4096]);
                await socket.SendAsync(greeting);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
