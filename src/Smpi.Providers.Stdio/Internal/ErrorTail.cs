using System.Text;

namespace Smpi;

/// <summary>Reads a child's standard error line by line, tells of every line, and keeps the last ones.</summary>
internal sealed class ErrorTail
{
    private const int LongestLine = 8 * 1024;
    private const int LongestTail = 16 * 1024;
    private const int BufferSize = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();
    private readonly ChildPipe _pipe;
    private readonly Action<ConnectionNote>? _notes;
    private readonly int _keep;
    private int _kept;

    public ErrorTail(ChildPipe pipe, Action<ConnectionNote>? notes, int keep)
    {
        _pipe = pipe;
        _notes = notes;
        _keep = keep;
        Ended = Task.Run(RunAsync);
    }

    /// <summary>Ends when the child has closed its standard error, or the pipe was disposed.</summary>
    public Task Ended { get; }

    /// <summary>The last lines.</summary>
    public string Text
    {
        get
        {
            lock (_gate) return string.Join('\n', _lines);
        }
    }

    private async Task RunAsync()
    {
        byte[] octets = new byte[BufferSize];
        char[] letters = new char[BufferSize + 4];
        Decoder decoder = new UTF8Encoding(false, throwOnInvalidBytes: false).GetDecoder();
        int count;
        do
        {
            try
            {
                count = await _pipe.ReceiveAsync(octets, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                // The pipe was closed: what was read is what there is.
                count = 0;
            }

            Split(letters.AsSpan(0, decoder.GetChars(octets.AsSpan(0, count), letters, flush: count == 0)));
        }
        while (count > 0);

        if (_line.Length > 0) EndLine();
    }

    private void Split(ReadOnlySpan<char> letters)
    {
        while (!letters.IsEmpty)
        {
            int room = LongestLine - _line.Length;
            int end = letters.IndexOf('\n');
            bool complete = end >= 0 && end <= room;
            int count = complete ? end : Math.Min(letters.Length, room);
            _line.Append(letters[..count]);
            letters = letters[(complete ? count + 1 : count)..];
            if (complete || _line.Length == LongestLine) EndLine();
        }
    }

    private void EndLine()
    {
        string text = _line.ToString().TrimEnd('\r');
        _line.Clear();
        lock (_gate)
        {
            _lines.Enqueue(text);
            _kept += text.Length + 1;
            while (_lines.Count > _keep || _kept > LongestTail) _kept -= _lines.Dequeue().Length + 1;
        }

        try
        {
            _notes?.Invoke(new ConnectionNote("stderr", text));
        }
        catch (Exception)
        {
            // A listener that fails must not end the reading: the child would stall on a full pipe.
        }
    }
}
