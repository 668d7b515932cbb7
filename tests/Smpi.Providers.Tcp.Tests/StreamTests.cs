using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Providers.Tcp.Tests;

public sealed class StreamTests
{
    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static (Duplex One, Duplex Other) Pipes()
    {
        var there = new Pipe();
        var back = new Pipe();
        return (new Duplex(back.Reader, there.Writer), new Duplex(there.Reader, back.Writer));
    }

    private static async Task<(IConnection One, IConnection Other)> ConnectAsync(StreamProtocol one, StreamProtocol other)
    {
        Task<IConnection> opening = other.ConnectAsync();
        return (await one.ConnectAsync(), await opening);
    }

    [Fact]
    public async Task Pipes_carry_messages_and_an_end_in_good_order()
    {
        (Duplex one, Duplex other) = Pipes();
        (IConnection first, IConnection second) = await ConnectAsync(new StreamProtocol(one), new StreamProtocol(other));
        await Wire.AssertEchoAsync(first, second);
        Task<bool> reading = first.ReadAsync(CancellationToken.None).AsTask();
        await first.DisposeAsync().AsTask().WaitAsync(Wire.Patience);
        await Assert.ThrowsAsync<ChannelClosedException>(() => reading.WaitAsync(Wire.Patience));
        Assert.Null(await second.ReceiveAsync());
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_is_open_connects_once()
    {
        (Duplex one, Duplex other) = Pipes();
        var protocol = new StreamProtocol(one.Input.AsStream(), one.Output.AsStream(), "my stream");
        (IConnection first, IConnection second) = await ConnectAsync(protocol, new StreamProtocol(other));
        await first.DisposeAsync();
        await second.DisposeAsync();
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => protocol.ConnectAsync());
        Assert.Contains("'my stream' were used by an earlier connection", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_opens_streams_for_every_connection()
    {
        await using IListener listener = await new TcpProtocol("127.0.0.1", 0).ListenAsync();
        int port = new Uri(listener.Address).Port;
        var protocol = new StreamProtocol(async ct =>
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            NetworkStream stream = client.GetStream();
            return (stream, stream);
        });
        for (int round = 0; round < 2; round++)
        {
            (IConnection client, IConnection server) = await Wire.PairAsync(listener, protocol);
            await using IConnection first = client, second = server;
            await Wire.AssertEchoAsync(client, server);
        }
    }

    [Fact]
    public async Task A_function_that_fails_is_a_closed_channel()
    {
        var protocol = new StreamProtocol(_ => throw new IOException("The line is dead."), "serial:1");
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => protocol.ConnectAsync());
        Assert.Equal("serial:1 cannot be reached: The line is dead.", error.Message);
    }

    [Fact]
    public async Task Tls_goes_over_any_stream()
    {
        var tls = new TlsOptions { TrustRoots = Certificates.Shared.Roots, Certificate = Certificates.Shared.Server(), ServerName = "localhost" };
        await using IListener listener = await new TlsProtocol(new TcpProtocol("127.0.0.1", 0), tls).ListenAsync();
        var below = new StreamProtocol(async ct =>
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(listener.Address).Port, ct);
            return (client.GetStream(), client.GetStream());
        });
        (IConnection one, IConnection other) = await Wire.PairAsync(listener, new TlsProtocol(below, tls));
        await using IConnection first = one, second = other;
        await Wire.AssertEchoAsync(one, other);
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => new TlsProtocol(below, tls).ListenAsync());
    }
}
