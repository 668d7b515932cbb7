namespace Smpi;

internal delegate void RecordSetter<T>(ref T record, object? value);

/// <summary>Makes records from the values of their slots: those of the constructor's parameters first, then those of the settable members.</summary>
internal sealed class RecordMaker<T>(Func<object?[], T> create, object?[] defaults, RecordSetter<T>[] setters)
{
    /// <summary>Stands in a slot whose member did not arrive.</summary>
    public static readonly object Missing = new();

    public int Slots => defaults.Length + setters.Length;

    public T Make(object?[] values)
    {
        for (int i = 0; i < defaults.Length; i++)
        {
            if (ReferenceEquals(values[i], Missing)) values[i] = defaults[i];
        }

        T record = create(values);
        for (int i = 0; i < setters.Length; i++)
        {
            object? value = values[defaults.Length + i];
            if (!ReferenceEquals(value, Missing)) setters[i](ref record, value);
        }

        return record;
    }
}
