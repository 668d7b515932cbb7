namespace Smpi;

/// <summary>The numbers of the subjects that this side has sent.</summary>
internal sealed class SubjectsOut
{
    private const int MostRecent = 64;

    // A side that sends no subject pays for no table, one that sends a few for a small one.
    private Dictionary<string, uint>? _numbers;
    private (string? Name, uint Number)[] _recent = [];

    /// <summary>The number of a subject; zero when it was not sent before.</summary>
    public uint Find(string subject)
    {
        if (_recent.Length == 0) return 0;

        // A look at three characters spares the hash of the whole name for the subjects in use.
        ref (string? Name, uint Number) slot = ref _recent[Slot(subject)];
        if (string.Equals(slot.Name, subject, StringComparison.Ordinal)) return slot.Number;
        if (!_numbers!.TryGetValue(subject, out uint number)) return 0;
        slot = (subject, number);
        return number;
    }

    /// <summary>Gives a subject the next number, as its receiver does; called only once its definition is certain to be sent.</summary>
    public void Add(string subject)
    {
        _numbers ??= new Dictionary<string, uint>(StringComparer.Ordinal);
        if (_numbers.Count == Bounds.Subjects) return;
        _numbers.Add(subject, (uint)_numbers.Count + 1);
        if (_recent.Length < MostRecent && _recent.Length < _numbers.Count * 4) _recent = new (string?, uint)[Math.Max(_recent.Length * 2, 4)];
    }

    private int Slot(string subject)
    {
        int length = subject.Length;
        return length == 0 ? 0 : (length + (subject[length - 1] * 5) + (subject[length / 2] * 3)) & (_recent.Length - 1);
    }
}
