using Consumer;
using Smpi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSmpi()
    .ListenAspNetCore()
    .AddJson(AppJson.Default).AddProtobuf().AddMessagePack()
    .UseProtobuf().UseMessagePack().UseJson(AppJson.Default)
    .Handle((ReadFile request, CancellationToken _) => ValueTask.FromResult(new FileText(request.Path, "the text of " + request.Path)))
    .HandleStream((Tail request, CancellationToken cancellation) => LinesAsync(request));

WebApplication app = builder.Build();
app.MapSmpi("/smpi");
app.Run();

static async IAsyncEnumerable<LogLine> LinesAsync(Tail request)
{
    for (int line = 1; line <= 3; line++)
    {
        await Task.Yield();
        yield return new LogLine($"{request.Path}:{line}", DateTimeOffset.UnixEpoch, line == 2 ? null : line, new() { ["share"] = [line / 4.0] });
    }
}
