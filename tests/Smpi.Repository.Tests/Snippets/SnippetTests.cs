using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smpi.Samples;

namespace Smpi.Repository.Tests.Snippets;

/// <summary>The code that the documents quote, running.</summary>
public sealed class SnippetTests
{
    [Fact]
    public async Task The_client_and_the_server_of_the_README_talk()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task server = ServerSnippet.RunAsync(listening.SetResult, stop.Token);
        string address = await listening.Task.WaitAsync(stop.Token);
        var output = new StringWriter();
        await ClientSnippet.RunAsync(address, TextWriter.Synchronized(output), stop.Token);
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["text of readme.md", "app.log 1", "app.log 2", "app.log 3", "done"], lines.Where(line => !line.StartsWith("event: ", StringComparison.Ordinal)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server);
    }

    [Fact]
    public async Task Services_are_injected_into_handlers_and_channels_into_services()
    {
        // <services>
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Services.AddSingleton<IFileStore, FileStore>();
        host.Services.AddSmpi("api").ListenTcp("127.0.0.1", 4711).UseJson()
            .Handle(async (ReadFile request, IFileStore files, CancellationToken ct) => await files.ReadAsync(request.Path, ct));
        host.Services.AddSmpi().UseTcp("127.0.0.1", 4711).UseJson();
        // </services>

        // <swap>
        host.Services.SwapSmpiToMemory();
        // </swap>
        using IHost app = host.Build();
        await app.StartAsync();
        var channel = app.Services.GetRequiredService<ISmpiChannel>();
        FileText text = await channel.RequestAsync(new ReadFile("a.md")).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("text of a.md", text.Text);
        await app.StopAsync();
    }

    [Fact]
    public async Task Configuration_names_the_parts()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Smpi:Channels:api:Listen"] = "json+memory:configured",
            ["Smpi:Address"] = "json+memory[deadline=5s]:configured",
            ["Smpi:Limits:MessageSize"] = "8MiB",
        };
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Configuration.AddInMemoryCollection(settings);
        host.Services.AddSingleton<IFileStore, FileStore>();
        // <configuration>
        host.Services.AddSmpi(host.Configuration.GetSection("Smpi")).AddTcp().AddJson();
        host.Services.AddSmpi("api")
            .Handle(async (ReadFile request, IFileStore files, CancellationToken ct) => await files.ReadAsync(request.Path, ct));
        // </configuration>
        using IHost app = host.Build();
        await app.StartAsync();
        FileText text = await app.Services.GetRequiredService<ISmpiChannel>().RequestAsync(new ReadFile("b.md")).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("text of b.md", text.Text);
        await app.StopAsync();
    }

    [Fact]
    public async Task Code_without_a_network_meets_in_memory()
    {
        // <memory>
        var network = new MemoryNetwork();
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenMemory("files", network)
            .UseJson()
            .Handle((ReadFile request) => new FileText(request.Path, "from memory")));
        await server.ListenAsync();

        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseMemory("files", network).UseJson());
        FileText text = await channel.RequestAsync(new ReadFile("any.md"));
        Assert.Equal("from memory", text.Text);
        // </memory>
    }

    [Fact]
    public async Task A_typed_error_arrives_as_its_record()
    {
        var network = new MemoryNetwork();
        var files = new FileStore();
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenMemory("files", network)
            .UseJson()
            .Handle((ReadFile request, CancellationToken ct) => files.ReadAsync(request.Path, ct)));
        await server.ListenAsync();
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseMemory("files", network).UseJson());
        string by = "";
        // <catch>
        try
        {
            await channel.RequestAsync(new ReadFile("locked.md"));
        }
        catch (RemoteException error) when (error.TryGet(out Locked? locked))
        {
            by = locked.By;
        }
        // </catch>
        Assert.Equal("somebody", by);
    }

    [Fact]
    public async Task The_provider_of_the_guide_carries_calls_and_says_what_is_wrong()
    {
        string name = $"smpi-guide-{Guid.NewGuid():N}";
        // <provider>
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenAbstractSocket(name)
            .UseJson()
            .Handle((ReadFile request) => new FileText(request.Path, "over an abstract socket")));
        await server.ListenAsync();

        await using ISmpiChannel channel = await new SmpiProviders().AddAbstractSocket().AddJson().ConnectAsync($"json+abstract:{name}");
        FileText text = await channel.RequestAsync(new ReadFile("any.md"));
        // </provider>
        Assert.Equal("over an abstract socket", text.Text);

        var options = new ConnectionOptions { Format = new NativeFormat() };
        await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await new AbstractSocketProtocol(name).ListenAsync(options, default));
        ChannelClosedException absent = await Assert.ThrowsAsync<ChannelClosedException>(async () => await new AbstractSocketProtocol(name + "-absent").ConnectAsync(options, default));
        Assert.Contains("Nothing listens", absent.Message, StringComparison.Ordinal);
        await using IConnection naive = await new NaiveProtocol(name).ConnectAsync(options with { Encodings = ["json"] }, default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("abstract", naive.Info.Protocol);
    }
}
