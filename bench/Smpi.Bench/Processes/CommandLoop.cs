namespace Smpi.Bench;

/// <summary>The main program of a process that is commanded: one command a line, one answer a line, until its input ends.</summary>
internal static class CommandLoop
{
    /// <param name="answer">Answers a command, which is given as its first word and the rest.</param>
    public static async Task RunAsync(Func<string, string, Task<string>> answer)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string text;
            try
            {
                (string command, string rest) = Cut(line);
                text = await answer(command, rest);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                text = $"failed {line}: {error.GetType().Name} {error.Message.ReplaceLineEndings(" ")}";
            }

            Console.Out.WriteLine(text);
            Console.Out.Flush();
        }
    }

    /// <summary>The first word of a text, and what follows it.</summary>
    public static (string First, string Others) Cut(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is > 0 and int space ? (text[..space], text[(space + 1)..]) : (text, "");
}
