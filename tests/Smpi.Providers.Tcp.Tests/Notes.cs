using System.Threading.Channels;

namespace Smpi.Providers.Tcp.Tests;

/// <summary>Collects the notes of a listener.</summary>
internal sealed class Notes
{
    private readonly Channel<ConnectionNote> _notes = Channel.CreateUnbounded<ConnectionNote>();

    public ConnectionOptions Listening(ConnectionOptions options) => options with { Notes = note => _notes.Writer.TryWrite(note) };

    public async Task<string> NextAsync(string source)
    {
        while (true)
        {
            ConnectionNote note = await _notes.Reader.ReadAsync().AsTask().WaitAsync(Wire.Patience);
            if (note.Source == source) return note.Text;
        }
    }
}
