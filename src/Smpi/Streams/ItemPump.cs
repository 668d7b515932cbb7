namespace Smpi;

/// <summary>Sends the items of one stream as the peer takes them.</summary>
internal abstract class ItemPump
{
    /// <summary>Whether items are collected that were not written.</summary>
    public abstract bool Holds { get; }

    /// <summary>The peer takes more octets.</summary>
    public abstract void Grant(long octets);

    /// <summary>Begins to send.</summary>
    public abstract void Start();

    /// <summary>Ends the enumeration: nobody wants further items.</summary>
    /// <param name="subject">Of the call, to report what callbacks on the source's token throw.</param>
    public abstract void Stop(string subject);

    /// <summary>Writes what is collected, unless the pump is at work; from any thread.</summary>
    public abstract void HandOver();
}
