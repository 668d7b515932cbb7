using System.Text;

namespace Smpi;

/// <summary>Reads a child's standard error line by line, tells of every line, and keeps the last ones.</summary>
internal sealed class ErrorTail
{
    private const int LongestLine = 8 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _stream;
    private readonly Action<ConnectionNote>? _notes;
    private readonly int _keep;

    public ErrorTail(Stream stream, Action<ConnectionNote>? notes, int keep)
    {
        _stream = stream;
        _notes = notes;
        _keep = keep;
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = "smpi stderr" }.Start();
    }

    /// <summary>Ends when the child has closed its standard error.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The last lines.</summary>
    public string Text
    {
        get
        {
            lock (_gate) return string.Join('\n', _lines);
        }
    }

    private void Run()
    {
        try
        {
            using var reader = new StreamReader(_stream, new UTF8Encoding(false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: false);
            var line = new StringBuilder();
            for (int letter = reader.Read(); letter >= 0; letter = reader.Read())
            {
                if (letter != '\n') line.Append((char)letter);
                if (letter != '\n' && line.Length < LongestLine) continue;
                Take(line);
            }

            if (line.Length > 0) Take(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The pipe broke: what was read is what there is.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private void Take(StringBuilder line)
    {
        string text = line.ToString().TrimEnd('\r');
        line.Clear();
        lock (_gate)
        {
            if (_keep > 0) _lines.Enqueue(text);
            while (_lines.Count > _keep) _lines.Dequeue();
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
