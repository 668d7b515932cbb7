using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Smpi.Providers.WebSocket.Tests;

/// <summary>What a channel makes of a server, or a proxy before it, that refuses the upgrade.</summary>
public sealed class RefusalTests
{
    private static readonly ReconnectOptions Quickly = new() { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5) };

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_refusal_of_the_first_connect_is_final_without_a_token_callback(int status)
    {
        await using var front = new Front { Status = status };
        await using ISmpiChannel channel = Create(front);
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon));
        Assert.True(error.IsRefusal);
        Assert.Contains($"HTTP {status}", error.Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Closed, channel.Status.State);
        Assert.Equal(1, front.Requests);
    }

    [Theory]
    [InlineData(401, "Unauthenticated")]
    [InlineData(403, "PermissionDenied")]
    [InlineData(404, "NotFound")]
    public async Task With_a_token_callback_it_is_tried_again_with_the_next_token(int status, string code)
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        await using var front = new Front { Status = status, Target = new Uri(server.Address).Port };
        int asked = 0;
        await using ISmpiChannel channel = Create(front, ws => ws.BearerToken = _ =>
        {
            if (Interlocked.Increment(ref asked) == 3) front.Status = 0;
            return new ValueTask<string?>($"token {asked}");
        });
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon));
        Assert.True(error.MayPass);
        Assert.Equal(code, error.Code.Name);
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2), new CallOptions { WaitForConnection = true, Deadline = Endpoint.Soon }).AsTask().WaitAsync(Endpoint.Soon));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(200)]
    public async Task A_channel_that_was_connected_tries_again_when_it_is_refused(int status)
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        await using var front = new Front { Target = new Uri(server.Address).Port };
        await using ISmpiChannel channel = Create(front);
        await channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon);
        front.Status = status;
        front.Cut();
        await TestWait.UntilAsync(() => front.Requests > 5);
        ChannelStatus refused = channel.Status;
        Assert.Equal(ChannelState.Reconnecting, refused.State);
        Assert.Contains($"HTTP {status}", refused.LastFailure?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP", refused.LastClose!.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ChannelClosedException>(() => channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon));
        front.Status = 0;
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2), new CallOptions { WaitForConnection = true, Deadline = Endpoint.Soon }).AsTask().WaitAsync(Endpoint.Soon));
        Assert.Equal(2, channel.Status.Generation);
    }

    private static ISmpiChannel Create(Front front, Action<WebSocketOptions>? configure = null) =>
        SmpiChannel.Create(builder => builder.UseWebSocket($"ws://127.0.0.1:{front.Port}/smpi", configure).UseJson().WithReconnect(Quickly));

    /// <summary>A proxy that answers with a status, or passes everything on.</summary>
    private sealed class Front : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly System.Collections.Concurrent.ConcurrentBag<TcpClient> _open = [];
        private readonly Task _running;
        private int _requests;
        private int _status;

        public Front()
        {
            _listener.Start();
            _running = RunAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Target { get; init; }

        /// <summary>What is answered; zero passes on.</summary>
        public int Status
        {
            get => Volatile.Read(ref _status);
            set => Volatile.Write(ref _status, value);
        }

        public int Requests => Volatile.Read(ref _requests);

        public void Cut()
        {
            foreach (TcpClient client in _open) client.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            Cut();
            await _running;
        }

        private async Task RunAsync()
        {
            try
            {
                while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task ServeAsync(TcpClient near)
        {
            _open.Add(near);
            try
            {
                int status = Status;
                Interlocked.Increment(ref _requests);
                if (status == 0)
                {
                    using var far = new TcpClient();
                    _open.Add(far);
                    await far.ConnectAsync(IPAddress.Loopback, Target);
                    await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
                }
                else
                {
                    var head = new StringBuilder();
                    byte[] one = new byte[1];
                    while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                    {
                        await near.GetStream().ReadExactlyAsync(one);
                        head.Append((char)one[0]);
                    }

                    await near.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
            {
            }
            finally
            {
                near.Dispose();
            }
        }
    }
}
