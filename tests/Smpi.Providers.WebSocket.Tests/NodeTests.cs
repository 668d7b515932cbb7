using System.Diagnostics;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class NodeTests
{
    private const string Package = "ws@8.18.3";

    [Fact]
    public async Task A_client_of_Node_cuts_messages_anywhere()
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        using Process node = await StartAsync("client", server.Address);
        Assert.Equal("answer 42", await LineAsync(node));
        Assert.StartsWith("closed 1000", await LineAsync(node), StringComparison.Ordinal);
        await EndAsync(node);
    }

    [Fact]
    public async Task A_client_of_Node_hears_that_its_path_is_wrong()
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        using Process node = await StartAsync("client", server.Address + "/nowhere");
        Assert.Equal("refused 404", await LineAsync(node));
        await EndAsync(node);
    }

    [Fact]
    public async Task A_server_of_Node_answers_and_its_close_code_is_heard()
    {
        using Process node = await StartAsync("server", "");
        string address = $"ws://127.0.0.1:{await LineAsync(node)}/smpi";
        await using (ISmpiChannel channel = SmpiChannel.Create(builder =>
        {
            builder.UseWebSocket(address, ws => ws.Headers["X-Token"] = "t1").UseJson();
            builder.Settings<ChannelOptions>().Reconnect = new ReconnectOptions { Enabled = false };
        }))
        {
            Assert.Equal(42, await channel.RequestAsync(new Add(20, 22)).AsTask().WaitAsync(Endpoint.Soon));
            Assert.Equal("header t1", await LineAsync(node));
            await Smpi.TestWait.UntilAsync(() => channel.Status.State == ChannelState.Closed, Endpoint.Soon);
            ChannelClosedException closed = await Assert.ThrowsAsync<ChannelClosedException>(() => channel.RequestAsync(new Add(1, 1)).AsTask().WaitAsync(Endpoint.Soon));
            Assert.Contains("enough", closed.Reason.Text, StringComparison.Ordinal);
        }

        node.Kill();
        await EndAsync(node);
    }

    private static async Task<Process> StartAsync(string mode, string target)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ws")))
        {
            Directory.CreateDirectory(folder);
            using Process npm = Run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", Package]);
            string output = await npm.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
            await EndAsync(npm);
            Assert.True(npm.ExitCode == 0, $"npm could not install {Package}: {output}");
        }

        return Run("node", [Path.Combine(AppContext.BaseDirectory, "peer.mjs"), folder, mode, target, Convert.ToHexString(Vectors.Read("hello"))]);
    }

    private static Process Run(string file, string[] arguments) => Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;

    private static async Task<string> LineAsync(Process process) => await process.StandardOutput.ReadLineAsync().WaitAsync(Endpoint.Soon) ?? "the process ended";

    private static Task EndAsync(Process process) => process.WaitForExitAsync().WaitAsync(Endpoint.Soon);
}
