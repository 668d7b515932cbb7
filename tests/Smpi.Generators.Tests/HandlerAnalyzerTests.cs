using Microsoft.CodeAnalysis;

namespace Smpi.Generators.Tests;

public sealed class HandlerAnalyzerTests
{
    [Theory]
    [InlineData("builder.Handle((ReadFile r) => new FileText(\"\")).Handle((ReadFile r) => new FileText(\"\"));", "files.read")]
    [InlineData("builder.Handle((ReadFile r) => new FileText(\"\")); builder.Handle((ReadAgain r) => new FileText(\"\"));", "files.read")]
    [InlineData("builder.HandleStream((Tail r, CancellationToken ct) => Lines()); builder.Handle(\"tail\", (ReadFile r, CallContext c, CancellationToken ct) => new ValueTask<FileText>(new FileText(\"\")));", "tail")]
    [InlineData("builder.Implement<IFiles>(new Files()).Handle((ReadFile r) => new FileText(\"\"));", "files.read")]
    [InlineData("SmpiChannel.Create(b => b.Handle((ReadFile r) => new FileText(\"\")).Handle((ReadFile r) => new FileText(\"\")));", "files.read")]
    public async Task Two_handlers_of_a_subject_on_one_builder_are_reported(string body, string subject)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Program(body)));
        Assert.Equal("SMPI0011", reported.Id);
        Assert.StartsWith($"The subject '{subject}' has a handler already", reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if (which) builder.Handle((ReadFile r) => new FileText(\"\")); else builder.Handle((ReadFile r) => new FileText(\"\"));")]
    [InlineData("_ = which ? builder.Handle((ReadFile r) => new FileText(\"\")) : builder.Handle((ReadFile r) => new FileText(\"\"));")]
    [InlineData("builder.Handle((ReadFile r) => new FileText(\"\")); other.Handle((ReadFile r) => new FileText(\"\"));")]
    [InlineData("SmpiChannel.Create(b => b.Handle((ReadFile r) => new FileText(\"\"))); SmpiChannel.Create(b => b.Handle((ReadFile r) => new FileText(\"\")));")]
    [InlineData("builder.HandleEvent((Line l, CancellationToken ct) => default).HandleEvent((Line l, CancellationToken ct) => default);")]
    [InlineData("switch (which) { case true: builder.Handle((ReadFile r) => new FileText(\"\")); break; default: builder.Handle((ReadFile r) => new FileText(\"\")); break; }")]
    public async Task Handlers_that_do_not_meet_are_not_reported(string body) => Assert.Empty(await Analysis.OfAsync(Program(body)));

    [Theory]
    [InlineData("builder.Handle(\"x\", (ReadFile r, CallContext c, CancellationToken ct) => new ValueTask<string>(\"\"));", "answers with 'string', and the request asks for 'FileText'")]
    [InlineData("builder.HandleStream(\"x\", (Tail r, CallContext c, CancellationToken ct) => Numbers());", "answers with 'int', and the request asks for 'Line'")]
    public async Task A_handler_by_subject_whose_result_does_not_fit_is_reported(string body, string sentence)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Program(body)));
        Assert.Equal("SMPI0010", reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("builder.Handle((ReadFile r) => \"text\");", "The handler of 'ReadFile' answers with 'string', and the request asks for 'FileText'")]
    [InlineData("builder.Handle(async (ReadFile r, CancellationToken ct) => { await Task.Yield(); return 1; });", "answers with 'int', and the request asks for 'FileText'")]
    [InlineData("builder.Handle((ReadFile r, CancellationToken ct) => new ValueTask<int>(1));", "answers with 'int'")]
    [InlineData("builder.Handle((ReadFile r, CancellationToken ct) => Task.FromResult(new FileText(\"\")));", "answers with 'Task<FileText>'")]
    [InlineData("builder.HandleStream((Tail r, CancellationToken ct) => Numbers());", "answers with 'int', and the request asks for 'Line'")]
    public async Task An_error_of_the_compiler_is_said_in_words_of_requests(string body, string sentence)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Program(body), mayHaveErrors: true));
        Assert.Equal("SMPI0010", reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("builder.Handle((ReadFile r) => new FileText(\"\")).HandleStream((Tail r, CancellationToken ct) => Lines());")]
    [InlineData("builder.Handle(async (ReadFile r, CancellationToken ct) => { await Task.Yield(); return new FileText(\"\"); });")]
    [InlineData("builder.Handle(\"x\", (ReadFile r, CallContext c, CancellationToken ct) => new ValueTask<FileText>(new FileText(\"\")));")]
    [InlineData("builder.Handle(\"x\", (int r, CallContext c, CancellationToken ct) => new ValueTask<int>(r));")]
    public async Task A_handler_that_fits_is_not_reported(string body) => Assert.Empty(await Analysis.OfAsync(Program(body)));

    private static string Program(string body) => $$"""
        [SmpiMessage("files.read")] public sealed record ReadFile(string Path) : IRequest<FileText>;
        [SmpiMessage("files.read")] public sealed record ReadAgain(string Path) : IRequest<FileText>;
        public sealed record FileText(string Text);
        public sealed record Tail(string Path) : IStreamRequest<Line>;
        public sealed record Line(string Text) : IEvent;
        public sealed record Plain(string Path);
        #pragma warning disable SMPI0025
        [SmpiContract] public interface IFiles { ValueTask<FileText> ReadAsync(Plain plain); [OneWay] ValueTask TailAsync(Plain plain); }
        #pragma warning restore SMPI0025
        public sealed class Files : IFiles { public ValueTask<FileText> ReadAsync(Plain plain) => default; public ValueTask TailAsync(Plain plain) => default; }
        public static class Use
        {
            public static void Make(ISmpiBuilder builder, ISmpiBuilder other, bool which) { {{body}} }
            private static IAsyncEnumerable<Line> Lines() => throw new InvalidOperationException();
            private static IAsyncEnumerable<int> Numbers() => throw new InvalidOperationException();
        }
        """;
}
