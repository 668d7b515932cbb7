using Consumer;
using Microsoft.Extensions.DependencyInjection;
using Smpi;

// The url of the server and the encodings to try.
string url = args[0];
foreach (string encoding in args[1..])
{
    var services = new ServiceCollection();
    _ = encoding switch
    {
#if NO_CONTEXT
        "json" => services.AddSmpi().UseWebSocket(url).UseJson(),
#else
        "json" => services.AddSmpi().UseWebSocket(url).UseJson(AppJson.Default),
#endif
        "msgpack" => services.AddSmpi().UseWebSocket(url).UseMessagePack(),
        _ => services.AddSmpi().UseWebSocket(url).UseProtobuf(),
    };
    await using ServiceProvider provider = services.BuildServiceProvider();
    ISmpiChannel channel = provider.GetRequiredService<ISmpiChannel>();
    FileText text = await channel.RequestAsync(new ReadFile("readme.md"));
    Console.WriteLine($"{encoding}: {text.Text}");
    await foreach (LogLine line in channel.StreamAsync(new Tail("app.log")))
        Console.WriteLine($"{encoding}: {line.Text} {line.At:yyyy} {line.Level?.ToString() ?? "-"} {line.Figures!["share"][0]}");
}
