var kr=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},Sr=class extends kr{},yr=class extends Sr{constructor(){super(...arguments),this.role=null}},hn=class{observe(){}unobserve(){}disconnect(){}},Ss={createElement:function(){return new yi.HTMLElement},createElementNS:function(){return new yi.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},yi={ResizeObserver:hn,document:Ss,Node:Sr,Element:yr,HTMLElement:class extends yr{constructor(){super(...arguments),this.innerHTML=""}get content(){return new yi.DocumentFragment}},DocumentFragment:class extends kr{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},ys="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",Is=Object.keys(yi).every(t=>t in globalThis),d=ys&&!Is?yi:globalThis,$=ys&&!Is?Ss:globalThis.document;var v={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},S={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},mn={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},ws=Object.entries(mn),s=ws.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),zd={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},ht=ws.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...zd}),_h=Object.entries(ht).reduce((t,[e,i])=>{let r=s[e];return r&&(t[i]=r),t},{userinactivechange:"userinactive"}),Ls=Object.entries(s).reduce((t,[e,i])=>{let r=ht[e];return r&&(t[i]=r),t},{userinactive:"userinactivechange"}),re={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},Xe={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var Ir={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},ae={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},se={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var Ms={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var Rs=new WeakMap,pn=t=>{let e=Rs.get(t);return e||Rs.set(t,e=new Set),e},Ds=new d.ResizeObserver(t=>{for(let e of t)for(let i of pn(e.target))i(e)});function Fe(t,e){pn(t).add(e),Ds.observe(t)}function Ve(t,e){let i=pn(t);i.delete(e),i.size||Ds.unobserve(t)}function V(t){let e={};for(let i of t)e[i.name]=i.value;return e}function Y(t){var e;return(e=wr(t))!=null?e:ye(t,"media-controller")}function wr(t){var e;let{MEDIA_CONTROLLER:i}=S,r=t.getAttribute(i);if(r)return(e=wi(t))==null?void 0:e.getElementById(r)}var le=(t,e)=>!t||!e?!1:t?.contains(e)?!0:le(t,e.getRootNode().host),ye=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||ye(t.getRootNode().host,e)};function Ii(t=document){var e;let i=t?.activeElement;return i?(e=Ii(i.shadowRoot))!=null?e:i:null}function wi(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function Lr(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:r=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:r});let a=t;for(;a&&e>0;){let n=getComputedStyle(a);if(i&&n.opacity==="0"||r&&n.visibility==="hidden"||n.display==="none")return!1;a=a.parentElement,e--}return!0}function Cs(t,e,i,r){let a=r.x-i.x,n=r.y-i.y,o=a*a+n*n;if(o===0)return 0;let l=((t-i.x)*a+(e-i.y)*n)/o;return Math.max(0,Math.min(1,l))}function P(t,e){let i=Zd(t,r=>r===e);return i||Li(t,e)}function Zd(t,e){var i,r;let a;for(a of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let n;try{n=(r=a.sheet)==null?void 0:r.cssRules}catch{continue}for(let o of n??[])if(e(o.selectorText))return o}}function Li(t,e){var i,r;let a=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],n=a?.[a.length-1];if(!n?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let o=n?.sheet.insertRule(`${e}{}`,n.sheet.cssRules.length);return(r=n.sheet.cssRules)==null?void 0:r[o]}function B(t,e,i=Number.NaN){let r=t.getAttribute(e);return r!=null?+r:i}function W(t,e,i){let r=+i;if(i==null||Number.isNaN(r)){t.hasAttribute(e)&&t.removeAttribute(e);return}B(t,e,void 0)!==r&&t.setAttribute(e,`${r}`)}function y(t,e){return t.hasAttribute(e)}function I(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}y(t,e)!=i&&t.toggleAttribute(e,i)}function R(t,e,i=null){var r;return(r=t.getAttribute(e))!=null?r:i}function L(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let r=`${i}`;R(t,e,void 0)!==r&&t.setAttribute(e,r)}var xs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},fe=(t,e,i)=>(xs(t,e,"read from private field"),i?i.call(t):e.get(t)),Xd=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Mr=(t,e,i,r)=>(xs(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),j;function Jd(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var Ut=class extends d.HTMLElement{constructor(){if(super(),Xd(this,j,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,s.MEDIA_PAUSED]}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===S.MEDIA_CONTROLLER&&(i&&((n=(a=fe(this,j))==null?void 0:a.unassociateElement)==null||n.call(a,this),Mr(this,j,null)),r&&this.isConnected&&(Mr(this,j,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=fe(this,j))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),Mr(this,j,jd(this)),this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=fe(this,j))==null?void 0:e.associateElement)==null||i.call(e,this)),fe(this,j)&&(fe(this,j).addEventListener("pointerdown",this),fe(this,j).addEventListener("click",this),fe(this,j).hasAttribute("tabindex")||(fe(this,j).tabIndex=0))}disconnectedCallback(){var e,i,r,a;this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=fe(this,j))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(r=fe(this,j))==null||r.removeEventListener("pointerdown",this),(a=fe(this,j))==null||a.removeEventListener("click",this),Mr(this,j,null)}handleEvent(e){var i;let r=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(r?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:n,clientY:o}=e,{left:l,top:c,width:u,height:p}=this.getBoundingClientRect(),b=n-l,f=o-c;if(b<0||f<0||b>u||f>p||u===0&&p===0)return;let m=this._pointerType||"mouse";if(this._pointerType=void 0,m===Ir.TOUCH){this.handleTap(e);return}else if(m===Ir.MOUSE||m===Ir.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return y(this,s.MEDIA_PAUSED)}set mediaPaused(e){I(this,s.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new d.CustomEvent(i,{composed:!0,bubbles:!0}))}};j=new WeakMap;Ut.shadowRootOptions={mode:"open"};Ut.getTemplateHTML=Jd;function jd(t){var e;let i=t.getAttribute(S.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):ye(t,"media-controller")}d.customElements.get("media-gesture-receiver")||d.customElements.define("media-gesture-receiver",Ut);var vn=Ut;var Os={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var Us,Pt={en:Os},Nt=((Us=globalThis.navigator)==null?void 0:Us.language)||"en",En=t=>{Nt=t},ec=(t,e)=>{Pt[t]=e},tc=t=>{var e,i,r;let[a]=Nt.split("-");return((e=Pt[Nt])==null?void 0:e[t])||((i=Pt[a])==null?void 0:i[t])||((r=Pt.en)==null?void 0:r[t])||t},Ps=()=>{let[t]=Nt.split("-");return Pt[Nt]?Nt:Pt[t]?t:"en"},_=(t,e={})=>tc(t).replace(/\{(\w+)\}/g,(i,r)=>r in e?String(e[r]):`{${r}}`);var bn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},K=(t,e,i)=>(bn(t,e,"read from private field"),i?i.call(t):e.get(t)),ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ge=(t,e,i,r)=>(bn(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),_e=(t,e,i)=>(bn(t,e,"access private method"),i),Mi,Cr,Ht,$t,Wt,fn,Bt,Rr,gn,Ns,_n,Hs,Ri,xr,Or,An,Ft,Di,Je,Dr,T={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function ic(t){return`
    <style>
      
      :host([${s.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
        outline: none;
      }

      :host {
        box-sizing: border-box;
        position: relative;
        display: inline-block;
        line-height: 0;
        background-color: var(--media-background-color, #000);
        overflow: hidden;
      }

      :host(:not([${T.AUDIO}])) [part~=layer]:not([part~=media-layer]) {
        position: absolute;
        top: 0;
        left: 0;
        bottom: 0;
        right: 0;
        display: flex;
        flex-flow: column nowrap;
        align-items: start;
        pointer-events: none;
        background: none;
      }

      slot[name=media] {
        display: var(--media-slot-display, contents);
      }

      
      :host([${T.AUDIO}]) slot[name=media] {
        display: var(--media-slot-display, none);
      }

      
      :host([${T.AUDIO}]) [part~=layer][part~=gesture-layer] {
        height: 0;
        display: block;
      }

      
      :host(:not([${T.AUDIO}])[${T.GESTURES_DISABLED}]) ::slotted([slot=gestures-chrome]),
          :host(:not([${T.AUDIO}])[${T.GESTURES_DISABLED}]) media-gesture-receiver[slot=gestures-chrome] {
        display: none;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not(media-loading-indicator):not([role=dialog]):not([hidden])) {
        pointer-events: auto;
      }

      :host(:not([${T.AUDIO}])) *[part~=layer][part~=centered-layer] {
        align-items: center;
        justify-content: center;
      }

      :host(:not([${T.AUDIO}])) ::slotted(media-gesture-receiver[slot=gestures-chrome]),
      :host(:not([${T.AUDIO}])) media-gesture-receiver[slot=gestures-chrome] {
        align-self: stretch;
        flex-grow: 1;
      }

      slot[name=middle-chrome] {
        display: inline;
        flex-grow: 1;
        pointer-events: none;
        background: none;
      }

      
      ::slotted([slot=media]),
      ::slotted([slot=poster]) {
        width: 100%;
        height: 100%;
      }

      
      :host(:not([${T.AUDIO}])) .spacer {
        flex-grow: 1;
      }

      
      :host(:-webkit-full-screen) {
        
        width: 100% !important;
        height: 100% !important;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not([${T.NO_AUTOHIDE}]):not([hidden]):not([role=dialog])) {
        opacity: 1;
        transition: var(--media-control-transition-in, opacity 0.25s);
      }

      
      :host([${T.USER_INACTIVE}]:not([${s.MEDIA_PAUSED}]):not([${s.MEDIA_IS_AIRPLAYING}]):not([${s.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${T.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${T.USER_INACTIVE}]:not([${T.NO_AUTOHIDE}]):not([${s.MEDIA_PAUSED}]):not([${s.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${T.USER_INACTIVE}][${T.AUTOHIDE_OVER_CONTROLS}]:not([${T.NO_AUTOHIDE}]):not([${s.MEDIA_PAUSED}]):not([${s.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${T.AUDIO}])[${s.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${T.AUDIO}])[${s.MEDIA_STREAM_TYPE}="${se.ON_DEMAND}"][${s.MEDIA_CURRENT_TIME}]:not([${s.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
        display: none;
      }

      ::slotted([role=dialog]) {
        width: 100%;
        height: 100%;
        align-self: center;
      }

      ::slotted([role=menu]) {
        align-self: end;
      }
    </style>

    <slot name="media" part="layer media-layer"></slot>
    <slot name="poster" part="layer poster-layer"></slot>
    <slot name="gestures-chrome" part="layer gesture-layer">
      <media-gesture-receiver slot="gestures-chrome">
        <template shadowrootmode="${vn.shadowRootOptions.mode}">
          ${vn.getTemplateHTML({})}
        </template>
      </media-gesture-receiver>
    </slot>
    <span part="layer vertical-layer">
      <slot name="top-chrome" part="top chrome"></slot>
      <slot name="middle-chrome" part="middle chrome"></slot>
      <slot name="centered-chrome" part="layer centered-layer center centered chrome"></slot>
      
      <slot part="bottom chrome"></slot>
    </span>
    <slot name="dialog" part="layer dialog-layer"></slot>
  `}var rc=Object.values(s),ac="sm:384 md:576 lg:768 xl:960";function nc(t){Bs(t.target,t.contentRect.width)}function Bs(t,e){var i;if(!t.isConnected)return;let r=(i=t.getAttribute(T.BREAKPOINTS))!=null?i:ac,a=oc(r),n=sc(a,e),o=!1;if(Object.keys(a).forEach(l=>{if(n.includes(l)){t.hasAttribute(`breakpoint${l}`)||(t.setAttribute(`breakpoint${l}`,""),o=!0);return}t.hasAttribute(`breakpoint${l}`)&&(t.removeAttribute(`breakpoint${l}`),o=!0)}),o){let l=new CustomEvent(ht.BREAKPOINTS_CHANGE,{detail:n});t.dispatchEvent(l)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(ht.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function oc(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function sc(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var mt=class extends d.HTMLElement{constructor(){if(super(),ie(this,gn),ie(this,_n),ie(this,Ri),ie(this,Or),ie(this,Ft),ie(this,Mi,void 0),ie(this,Cr,0),ie(this,Ht,null),ie(this,$t,null),ie(this,Wt,void 0),this.breakpointsComputed=!1,ie(this,fn,e=>{let i=this.media;for(let r of e){if(r.type!=="childList")continue;let a=r.removedNodes;for(let n of a){if(n.slot!="media"||r.target!=this)continue;let o=r.previousSibling&&r.previousSibling.previousElementSibling;if(!o||!i)this.mediaUnsetCallback(n);else{let l=o.slot!=="media";for(;(o=o.previousSibling)!==null;)o.slot=="media"&&(l=!1);l&&this.mediaUnsetCallback(n)}}if(i)for(let n of r.addedNodes)n===i&&this.handleMediaUpdated(i)}}),ie(this,Bt,!1),ie(this,Rr,e=>{K(this,Bt)||(setTimeout(()=>{nc(e),ge(this,Bt,!1)},0),ge(this,Bt,!0))}),ie(this,Je,void 0),ie(this,Dr,()=>{if(!K(this,Je).assignedElements({flatten:!0}).length){K(this,Ht)&&this.mediaUnsetCallback(K(this,Ht));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}ge(this,Mi,new MutationObserver(K(this,fn)))}static get observedAttributes(){return[T.AUTOHIDE,T.GESTURES_DISABLED].concat(rc).filter(e=>![s.MEDIA_RENDITION_LIST,s.MEDIA_AUDIO_TRACK_LIST,s.MEDIA_CHAPTERS_CUES,s.MEDIA_WIDTH,s.MEDIA_HEIGHT,s.MEDIA_ERROR,s.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,r){e.toLowerCase()==T.AUTOHIDE&&(this.autohide=r)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(ge(this,Ht,e),e.localName.includes("-")&&await d.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;K(this,Mi).observe(this,{childList:!0,subtree:!0}),Fe(this,K(this,Rr));let r=this.getAttribute(T.AUDIO)!=null?_("audio player"):_("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",r),this.handleMediaUpdated(this.media),this.setAttribute(T.USER_INACTIVE,""),Bs(this,this.getBoundingClientRect().width);let a=this.querySelector(":scope > slot[slot=media]");a&&(ge(this,Je,a),K(this,Je).addEventListener("slotchange",K(this,Dr))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=d.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;Ve(this,K(this,Rr)),clearTimeout(K(this,$t)),K(this,Mi).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=d.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),K(this,Je)&&(K(this,Je).removeEventListener("slotchange",K(this,Dr)),ge(this,Je,null)),ge(this,Bt,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){ge(this,Ht,null)}handleEvent(e){switch(e.type){case"pointerdown":ge(this,Cr,e.timeStamp);break;case"pointermove":_e(this,gn,Ns).call(this,e);break;case"pointerup":_e(this,_n,Hs).call(this,e);break;case"mouseleave":_e(this,Ri,xr).call(this);break;case"mouseup":this.removeAttribute(T.KEYBOARD_CONTROL);break;case"keyup":_e(this,Ft,Di).call(this),this.setAttribute(T.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);ge(this,Wt,isNaN(i)?0:i)}get autohide(){return(K(this,Wt)===void 0?2:K(this,Wt)).toString()}get breakpoints(){return R(this,T.BREAKPOINTS)}set breakpoints(e){L(this,T.BREAKPOINTS,e)}get audio(){return y(this,T.AUDIO)}set audio(e){I(this,T.AUDIO,e)}get gesturesDisabled(){return y(this,T.GESTURES_DISABLED)}set gesturesDisabled(e){I(this,T.GESTURES_DISABLED,e)}get keyboardControl(){return y(this,T.KEYBOARD_CONTROL)}set keyboardControl(e){I(this,T.KEYBOARD_CONTROL,e)}get noAutohide(){return y(this,T.NO_AUTOHIDE)}set noAutohide(e){I(this,T.NO_AUTOHIDE,e)}get autohideOverControls(){return y(this,T.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){I(this,T.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return y(this,T.USER_INACTIVE)}set userInteractive(e){I(this,T.USER_INACTIVE,e)}};Mi=new WeakMap;Cr=new WeakMap;Ht=new WeakMap;$t=new WeakMap;Wt=new WeakMap;fn=new WeakMap;Bt=new WeakMap;Rr=new WeakMap;gn=new WeakSet;Ns=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-K(this,Cr)<250)return;_e(this,Or,An).call(this),clearTimeout(K(this,$t));let e=this.hasAttribute(T.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&_e(this,Ft,Di).call(this)};_n=new WeakSet;Hs=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(T.USER_INACTIVE);[this,this.media].includes(t.target)&&e?_e(this,Ri,xr).call(this):_e(this,Ft,Di).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&_e(this,Ft,Di).call(this)};Ri=new WeakSet;xr=function(){if(K(this,Wt)<0||this.hasAttribute(T.USER_INACTIVE))return;this.setAttribute(T.USER_INACTIVE,"");let t=new d.CustomEvent(ht.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};Or=new WeakSet;An=function(){if(!this.hasAttribute(T.USER_INACTIVE))return;this.removeAttribute(T.USER_INACTIVE);let t=new d.CustomEvent(ht.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};Ft=new WeakSet;Di=function(){_e(this,Or,An).call(this),clearTimeout(K(this,$t));let t=parseInt(this.autohide);t<0||ge(this,$t,setTimeout(()=>{_e(this,Ri,xr).call(this)},t*1e3))};Je=new WeakMap;Dr=new WeakMap;mt.shadowRootOptions={mode:"open"};mt.getTemplateHTML=ic;d.customElements.get("media-container")||d.customElements.define("media-container",mt);var Ln=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},vt=(t,e,i)=>(Ln(t,e,"read from private field"),i?i.call(t):e.get(t)),Ke=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Mn=(t,e,i,r)=>(Ln(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),pt=(t,e,i)=>(Ln(t,e,"access private method"),i),Pr,xi,Et,Ur,Tn,kn,Ws,Sn,$s,yn,Fs,In,Vs,wn,Ks;function lc(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        display: var(--media-dialog-display, inline-flex);
        justify-content: center;
        align-items: center;
        
        transition-behavior: allow-discrete;
        visibility: hidden;
        opacity: 0;
        transform: translateY(2px) scale(.99);
        pointer-events: none;
      }

      :host([open]) {
        transition: display .2s, visibility 0s, opacity .2s ease-out, transform .15s ease-out;
        visibility: visible;
        opacity: 1;
        transform: translateY(0) scale(1);
        pointer-events: auto;
      }

      #content {
        display: flex;
        position: relative;
        box-sizing: border-box;
        width: min(320px, 100%);
        word-wrap: break-word;
        max-height: 100%;
        overflow: auto;
        text-align: center;
        line-height: 1.4;
      }
    </style>
    ${this.getSlotTemplateHTML(t)}
  `}function dc(t){return`
    <slot id="content"></slot>
  `}var Ci={OPEN:"open",ANCHOR:"anchor"},je=class extends d.HTMLElement{constructor(){super(),Ke(this,Ur),Ke(this,kn),Ke(this,Sn),Ke(this,yn),Ke(this,In),Ke(this,wn),Ke(this,Pr,!1),Ke(this,xi,null),Ke(this,Et,null)}static get observedAttributes(){return[Ci.OPEN,Ci.ANCHOR]}get open(){return y(this,Ci.OPEN)}set open(e){I(this,Ci.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":pt(this,yn,Fs).call(this,e);break;case"focusout":pt(this,In,Vs).call(this,e);break;case"keydown":pt(this,wn,Ks).call(this,e);break}}connectedCallback(){pt(this,Ur,Tn).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,r){pt(this,Ur,Tn).call(this),e===Ci.OPEN&&r!==i&&(this.open?pt(this,kn,Ws).call(this):pt(this,Sn,$s).call(this))}focus(){Mn(this,xi,Ii());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let r=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');r?.focus()}get keysUsed(){return["Escape","Tab"]}};Pr=new WeakMap;xi=new WeakMap;Et=new WeakMap;Ur=new WeakSet;Tn=function(){if(!vt(this,Pr)&&(Mn(this,Pr,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=P(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};kn=new WeakSet;Ws=function(){var t;(t=vt(this,Et))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};Sn=new WeakSet;$s=function(){var t;(t=vt(this,Et))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};yn=new WeakSet;Fs=function(t){Mn(this,Et,t.relatedTarget),le(this,t.relatedTarget)||(this.open=!this.open)};In=new WeakSet;Vs=function(t){var e;le(this,t.relatedTarget)||((e=vt(this,xi))==null||e.focus(),vt(this,Et)&&vt(this,Et)!==t.relatedTarget&&this.open&&(this.open=!1))};wn=new WeakSet;Ks=function(t){var e,i,r,a,n;let{key:o,ctrlKey:l,altKey:c,metaKey:u}=t;l||c||u||this.keysUsed.includes(o)&&(t.preventDefault(),t.stopPropagation(),o==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(a=(r=this.nextElementSibling)==null?void 0:r.focus)==null||a.call(r),this.blur()):o==="Escape"&&((n=vt(this,xi))==null||n.focus(),this.open=!1))};je.shadowRootOptions={mode:"open"};je.getTemplateHTML=lc;je.getSlotTemplateHTML=dc;d.customElements.get("media-chrome-dialog")||d.customElements.define("media-chrome-dialog",je);var cc=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},et=(t,e,i)=>(cc(t,e,"read from private field"),i?i.call(t):e.get(t)),qs=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Vt,Kt,Oi={HOTKEYS:"hotkeys"},uc=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"\u2190"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"\u2192"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"\u2191"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"\u2193"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function Hr(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function hc(t){let e=new Set(t?.split(/\s+/));return uc.map(({keys:i,description:r})=>({keys:i.filter(({key:a})=>!e.has(Hr(a))),description:r})).filter(({keys:i})=>i.length)}function mc(t){return`
    <style>
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 9999;
        background: rgb(20 20 30 / .8);
        backdrop-filter: blur(10px);
      }

      #content {
        display: block;
        width: clamp(400px, 40vw, 700px);
        max-width: 90vw;
        text-align: left;
      }

      h2 {
        margin: 0 0 1.5rem 0;
        font-size: 1.5rem;
        font-weight: 500;
        text-align: center;
      }

      .shortcuts-table {
        width: 100%;
        border-collapse: collapse;
      }

      .shortcuts-table tr {
        border-bottom: 1px solid rgba(255, 255, 255, 0.1);
      }

      .shortcuts-table tr:last-child {
        border-bottom: none;
      }

      .shortcuts-table td {
        padding: 0.75rem 0.5rem;
      }

      .shortcuts-table td:first-child {
        text-align: right;
        padding-right: 1rem;
        width: 40%;
        min-width: 120px;
      }

      .shortcuts-table td:last-child {
        padding-left: 1rem;
      }

      .key {
        display: inline-block;
        background: rgba(255, 255, 255, 0.15);
        border: 1px solid rgba(255, 255, 255, 0.2);
        border-radius: 4px;
        padding: 0.25rem 0.5rem;
        font-family: 'Courier New', monospace;
        font-size: 0.9rem;
        font-weight: 500;
        min-width: 1.5rem;
        text-align: center;
        margin: 0 0.2rem;
      }

      .description {
        color: rgba(255, 255, 255, 0.9);
        font-size: 0.95rem;
      }

      .key-combo {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 0.3rem;
      }

      .key-separator {
        color: rgba(255, 255, 255, 0.5);
        font-size: 0.9rem;
      }
    </style>
    <slot id="content">
      ${Gs(t[Oi.HOTKEYS])}
    </slot>
  `}function Gs(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${hc(t).map(({keys:i,description:r})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:n,label:o=n},l)=>l>0?`<span class="key-separator">or</span><span class="key">${o}</span>`:`<span class="key">${o}</span>`).join("")}</div>
          </td>
          <td class="description">${r}</td>
        </tr>
      `).join("")}</table>
  `}var Nr=class extends je{constructor(){super(...arguments),qs(this,Vt,e=>{var i;if(!this.open)return;let r=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!r)return;let a=e.composedPath(),n=a[0]===this||a.includes(this),o=a.includes(r);n&&!o&&(this.open=!1)}),qs(this,Kt,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,Oi.HOTKEYS]}get hotkeys(){var e;return(e=R(this,Oi.HOTKEYS))!=null?e:void 0}set hotkeys(e){L(this,Oi.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",et(this,Vt)),document.addEventListener("keydown",et(this,Kt)))}disconnectedCallback(){this.removeEventListener("click",et(this,Vt)),document.removeEventListener("keydown",et(this,Kt))}attributeChangedCallback(e,i,r){var a;if(super.attributeChangedCallback(e,i,r),e==="open")this.open?(this.addEventListener("click",et(this,Vt)),document.addEventListener("keydown",et(this,Kt))):(this.removeEventListener("click",et(this,Vt)),document.removeEventListener("keydown",et(this,Kt)));else if(e===Oi.HOTKEYS&&r!==i){let n=(a=this.shadowRoot)==null?void 0:a.querySelector("#content");n&&(n.innerHTML=Gs(r))}}};Vt=new WeakMap;Kt=new WeakMap;Nr.getSlotTemplateHTML=mc;d.customElements.get("media-keyboard-shortcuts-dialog")||d.customElements.define("media-keyboard-shortcuts-dialog",Nr);var Ys=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},X=(t,e,i)=>(Ys(t,e,"read from private field"),i?i.call(t):e.get(t)),Ui=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Br=(t,e,i,r)=>(Ys(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),qt,Gt,Wr,ft,qe,tt,it=class{constructor(e,i,{defaultValue:r}={defaultValue:void 0}){Ui(this,qe),Ui(this,qt,void 0),Ui(this,Gt,void 0),Ui(this,Wr,void 0),Ui(this,ft,new Set),Br(this,qt,e),Br(this,Gt,i),Br(this,Wr,new Set(r))}[Symbol.iterator](){return X(this,qe,tt).values()}get length(){return X(this,qe,tt).size}get value(){var e;return(e=[...X(this,qe,tt)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(Br(this,ft,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...X(this,qe,tt)][e]}values(){return X(this,qe,tt).values()}forEach(e,i){X(this,qe,tt).forEach(e,i)}add(...e){var i,r;e.forEach(a=>X(this,ft).add(a)),!(this.value===""&&!((i=X(this,qt))!=null&&i.hasAttribute(`${X(this,Gt)}`)))&&((r=X(this,qt))==null||r.setAttribute(`${X(this,Gt)}`,`${this.value}`))}remove(...e){var i;e.forEach(r=>X(this,ft).delete(r)),(i=X(this,qt))==null||i.setAttribute(`${X(this,Gt)}`,`${this.value}`)}contains(e){return X(this,qe,tt).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};qt=new WeakMap;Gt=new WeakMap;Wr=new WeakMap;ft=new WeakMap;qe=new WeakSet;tt=function(){return X(this,ft).size?X(this,ft):X(this,Wr)};function Qs(t){return t?.map(pc).join(" ")}function zs(t){return t?.split(/\s+/).map(vc)}function pc(t){if(t){let{id:e,width:i,height:r}=t;return[e,i,r].filter(a=>a!=null).join(":")}}function vc(t){if(t){let[e,i,r]=t.split(":");return{id:e,width:+i,height:+r}}}function Zs(t){return t?.map(Ec).join(" ")}function Xs(t){return t?.split(/\s+/).map(fc)}function Ec(t){if(t){let{id:e,kind:i,language:r,label:a}=t;return[e,i,r,a].filter(n=>n!=null).join(":")}}function fc(t){if(t){let[e,i,r,a]=t.split(":");return{id:e,kind:i,language:r,label:a}}}function Yt(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var $r=t=>new Promise(e=>setTimeout(e,t));var gc=(t="")=>t.split(/\s+/),Js=(t="")=>{let[e,i,r]=t.split(":"),a=r?decodeURIComponent(r):void 0;return{kind:e==="cc"?re.CAPTIONS:re.SUBTITLES,language:i,label:a}},Pi=(t="",e={})=>gc(t).map(i=>{let r=Js(i);return{...e,...r}}),Rn=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?Js(e):e):typeof t=="string"?Pi(t):[t]:[],Fr=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,gt=(t=[])=>Array.prototype.map.call(t,Fr).join(" "),_c=(t,e)=>i=>i[t]===e,js=t=>{let e=Object.entries(t).map(([i,r])=>_c(i,r));return i=>e.every(r=>r(i))},_t=(t,e=[],i=[])=>{let r=Rn(i).map(js),a=n=>r.some(o=>o(n));Array.from(e).filter(a).forEach(n=>{n.mode=t})},bt=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:js(e);return Array.from(t.textTracks).filter(i)},el=t=>{var e;return!!((e=t.mediaSubtitlesShowing)!=null&&e.length)||t.hasAttribute(s.MEDIA_SUBTITLES_SHOWING)};var il=t=>{var e;let{media:i,fullscreenElement:r}=t;try{let a=r&&"requestFullscreen"in r?"requestFullscreen":r&&"webkitRequestFullScreen"in r?"webkitRequestFullScreen":void 0;if(a){let n=(e=r[a])==null?void 0:e.call(r);if(n instanceof Promise)return n.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(a){console.error(a)}},tl="exitFullscreen"in $?"exitFullscreen":"webkitExitFullscreen"in $?"webkitExitFullscreen":"webkitCancelFullScreen"in $?"webkitCancelFullScreen":void 0,rl=t=>{var e;let{documentElement:i}=t;if(tl){let r=(e=i?.[tl])==null?void 0:e.call(i);if(r instanceof Promise)return r.catch(()=>{})}},Ni="fullscreenElement"in $?"fullscreenElement":"webkitFullscreenElement"in $?"webkitFullscreenElement":void 0,bc=t=>{let{documentElement:e,media:i}=t,r=e?.[Ni];return!r&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===Ms.FULLSCREEN?i:r},al=t=>{var e;let{media:i,documentElement:r,fullscreenElement:a=i}=t;if(!i||!r)return!1;let n=bc(t);if(!n)return!1;if(n===a||n===i)return!0;if(n.localName.includes("-")){let o=n.shadowRoot;if(!(Ni in o))return le(n,a);for(;o?.[Ni];){if(o[Ni]===a)return!0;o=(e=o[Ni])==null?void 0:e.shadowRoot}}return!1},Ac="fullscreenEnabled"in $?"fullscreenEnabled":"webkitFullscreenEnabled"in $?"webkitFullscreenEnabled":void 0,nl=t=>{let{documentElement:e,media:i}=t;return!!e?.[Ac]||i&&"webkitSupportsFullscreen"in i};var Vr,Dn=()=>{var t,e;return Vr||(Vr=(e=(t=$)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),Vr)},ol=async(t=Dn())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,r=await Promise.race([Tc(t,i.signal),kc(t,e)]);return i.abort(),r},Tc=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),kc=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await $r(10)}return t.volume!==e},Sc=/.*Version\/.*Safari\/.*/.test(d.navigator.userAgent),Cn=(t=Dn())=>d.matchMedia("(display-mode: standalone)").matches&&Sc?!1:typeof t?.requestPictureInPicture=="function",xn=(t=Dn())=>nl({documentElement:$,media:t}),sl=xn(),ll=Cn(),dl=!!d.WebKitPlaybackTargetAvailabilityEvent,cl=!!d.chrome;var Qt=t=>bt(t.media,e=>[re.SUBTITLES,re.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),On=t=>bt(t.media,e=>e.mode===Xe.SHOWING&&[re.SUBTITLES,re.CAPTIONS].includes(e.kind)),Kr=(t,e)=>{let i=Qt(t),r=On(t),a=!!r.length;if(i.length){if(e===!1||a&&e!==!0)_t(Xe.DISABLED,i,r);else if(e===!0||!a&&e!==!1){let n=i[0],{options:o}=t;if(!o?.noSubtitlesLangPref){let p=d.localStorage.getItem("media-chrome-pref-subtitles-lang"),b=p?[p,...d.navigator.languages]:d.navigator.languages,f=i.filter(m=>b.some(k=>m.language.toLowerCase().startsWith(k.split("-")[0]))).sort((m,k)=>{let A=b.findIndex(w=>m.language.toLowerCase().startsWith(w.split("-")[0])),M=b.findIndex(w=>k.language.toLowerCase().startsWith(w.split("-")[0]));return A-M});f[0]&&(n=f[0])}let{language:l,label:c,kind:u}=n;_t(Xe.DISABLED,i,r),_t(Xe.SHOWING,i,[{language:l,label:c,kind:u}])}}},qr=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?yc(t,e):Object.entries(t).every(([i,r])=>i in e&&qr(r,e[i])),yc=(t,e)=>{let i=Array.isArray(t),r=Array.isArray(e);return i!==r?!1:i||r?t.length!==e.length?!1:t.every((a,n)=>qr(a,e[n])):!0};var Ic=Object.values(se),Gr,wc=ol().then(t=>(Gr=t,Gr)),ul=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof d.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let r=d.customElements.get(i);r&&e instanceof r||(await d.customElements.whenDefined(i),d.customElements.upgrade(e))}))},Lc=new d.DOMParser,Mc=t=>t&&(Lc.parseFromString(t,"text/html").body.textContent||t),zt={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:r}=t;if(e?.type!=="playing")return(i=r?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,r;let{media:a}=t;if(e?.type!=="playing")return(r=(i=a?.error)==null?void 0:i.message)!=null?r:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:r}=e;r&&(t?r.pause():(i=r.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:r}={}}=e;if(i){i.muted=t;try{let a=d.localStorage.getItem("media-chrome-pref-muted")!==null,n=i.hasAttribute("muted");if(r){a&&d.localStorage.removeItem("media-chrome-pref-muted");return}if(n&&!a)return;d.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(a){console.debug("Error setting muted pref",a)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:r}=e;if(!(!r||r.muted||i))try{let a=d.localStorage.getItem("media-chrome-pref-muted")==="true";zt.mediaMuted.set(a,e),t(a)}catch(a){console.debug("Error getting muted pref",a)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:r}={}}=e;if(i){try{t==null?d.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!r&&d.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(a){console.debug("Error setting volume pref",a)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:r}=e;if(!r)return;let a=d.localStorage.getItem("media-chrome-pref-volume");if(a==null)return;zt.mediaVolume.set(+a,e),t(+a)}catch(r){console.debug("Error getting volume pref",r)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!Yt(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let r=i.seekable.start(0),a=i.seekable.end(i.seekable.length-1);if(!(!r&&!a))return[Number(r.toFixed(3)),Number(a.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,r=(e=i?.buffered)!=null?e:[];return Array.from(r).map((a,n)=>[Number(r.start(n).toFixed(3)),Number(r.end(n).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,r=[se.LIVE,se.ON_DEMAND].includes(i)?i:void 0;if(!e)return r;let{streamType:a}=e;if(Ic.includes(a))return a===se.UNKNOWN?r:a;let n=e.duration;return n===1/0?se.LIVE:Number.isFinite(n)?se.ON_DEMAND:r},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,r=zt.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&r===se.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(zt.mediaStreamType.get(t)===se.LIVE))return!1;let a=e.seekable;if(!a)return!0;if(!a.length)return!1;let n=a.end(a.length-1)-i;return e.currentTime>=n},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return Qt(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return On(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,r;let{media:a,options:n}=e;if(!a)return;let o=l=>{var c;!n.defaultSubtitles||l&&![re.CAPTIONS,re.SUBTITLES].includes((c=l?.track)==null?void 0:c.kind)||Kr(e,!0)};return a.addEventListener("loadstart",o),(i=a.textTracks)==null||i.addEventListener("addtrack",o),(r=a.textTracks)==null||r.addEventListener("removetrack",o),()=>{var l,c;a.removeEventListener("loadstart",o),(l=a.textTracks)==null||l.removeEventListener("addtrack",o),(c=a.textTracks)==null||c.removeEventListener("removetrack",o)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[r]=bt(i,{kind:re.CHAPTERS});return Array.from((e=r?.cues)!=null?e:[]).map(({text:a,startTime:n,endTime:o})=>({text:Mc(a),startTime:n,endTime:o}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;if(!r)return;let a=r.querySelector('track[kind="chapters"][default][src]'),n=(i=r.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return a?.addEventListener("load",t),n?.addEventListener("load",t),()=>{a?.removeEventListener("load",t),n?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:r,documentElement:a}=t;if(!r||!a||!a.pictureInPictureElement)return!1;if(a.pictureInPictureElement===r)return!0;if(a.pictureInPictureElement instanceof HTMLMediaElement)return(e=r.localName)!=null&&e.includes("-")?le(r,a.pictureInPictureElement):!1;if(a.pictureInPictureElement.localName.includes("-")){let n=a.pictureInPictureElement.shadowRoot;for(;n?.pictureInPictureElement;){if(n.pictureInPictureElement===r)return!0;n=(i=n.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!$.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let r=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(a=>{if(a.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let n=()=>{i.removeEventListener("loadedmetadata",o),i.preload="none"},o=()=>{i.requestPictureInPicture().catch(r),n()};i.addEventListener("loadedmetadata",o),i.preload="metadata",setTimeout(()=>{i.readyState===0&&r(),n()},1e3)}else throw a}else throw a})}else $.pictureInPictureElement&&$.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(r=>({...r}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,r;let{media:a}=t;return(r=(i=a?.videoRenditions)==null?void 0:i[(e=a.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:r.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let r=t,a=Array.prototype.findIndex.call(i.videoRenditions,n=>n.id==r);i.videoRenditions.selectedIndex!=a&&(i.videoRenditions.selectedIndex=a)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:r}=t;return(i=[...(e=r?.audioTracks)!=null?e:[]].find(a=>a.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let r=t;for(let a of i.audioTracks)a.enabled=r==a.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return al(t)},set(t,e,i){var r,a;t?(il(e),i.detail&&!((r=e.media)!=null&&r.inert)&&((a=e.media)==null||a.focus())):rl(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,r;let{media:a}=e;if(a&&!(t&&((i=a.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((r=a.remote)==null?void 0:r.state)!=="connected")){if(typeof a.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}a.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&d.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!sl||!xn(e))return ae.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!ll||!Cn(e))return ae.UNSUPPORTED;if(e?.disablePictureInPicture)return ae.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(Gr===!1||e?.volume==null)return ae.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{Gr==null&&wc.then(e=>t(e?void 0:ae.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:r}=t;if(!cl||!((i=r?.remote)!=null&&i.state))return ae.UNSUPPORTED;if(!(e==null||e==="available"))return ae.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(n=>{t({availability:n?"available":"not-available"})}).catch(n=>{n.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var n;(n=r?.remote)==null||n.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!dl)return ae.UNSUPPORTED;if(e?.availability==="not-available")return ae.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(n=>{t({availability:n?"available":"not-available"})}).catch(n=>{n.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var n;(n=r?.remote)==null||n.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return ae.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return ae.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:r}=t;if(!r?.audioTracks)return ae.UNSUPPORTED;if(((i=(e=r.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return ae.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var hl={[v.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var r,a,n;let{media:o}=e,l=i??void 0,c,u;if(o&&l!=null){let[m]=bt(o,{kind:re.METADATA,label:"thumbnails"}),k=Array.prototype.find.call((r=m?.cues)!=null?r:[],(A,M,w)=>M===0?A.endTime>l:M===w.length-1?A.startTime<=l:A.startTime<=l&&A.endTime>l);if(k){let A=/'^(?:[a-z]+:)?\/\//i.test(k.text)||(a=o?.querySelector('track[label="thumbnails"]'))==null?void 0:a.src,M=new URL(k.text,A);u=new URLSearchParams(M.hash).get("#xywh").split(",").map(te=>+te),c=M.href}}let p=t.mediaDuration.get(e),f=(n=t.mediaChaptersCues.get(e).find((m,k,A)=>k===A.length-1&&p===m.endTime?m.startTime<=l&&m.endTime>=l:m.startTime<=l&&m.endTime>l))==null?void 0:n.text;return i!=null&&f==null&&(f=""),{mediaPreviewTime:l,mediaPreviewImage:c,mediaPreviewCoords:u,mediaPreviewChapter:f}},[v.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[v.MEDIA_PLAY_REQUEST](t,e){var i,r,a,n;let o="mediaPaused",c=t.mediaStreamType.get(e)===se.LIVE,u=!((i=e.options)!=null&&i.noAutoSeekToLive),p=t.mediaTargetLiveWindow.get(e)>0;if(c&&u&&!p){let b=(r=t.mediaSeekable.get(e))==null?void 0:r[1];if(b){let f=(n=(a=e.options)==null?void 0:a.seekToLiveOffset)!=null?n:0,m=b-f;t.mediaCurrentTime.set(m,e)}}t[o].set(!1,e)},[v.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let r="mediaPlaybackRate",a=i;t[r].set(a,e)},[v.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[v.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[v.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let r="mediaLoop",a=!!i;return t[r].set(a,e),{mediaLoop:a}},[v.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let r="mediaVolume",a=i;a&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[r].set(a,e)},[v.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let r="mediaCurrentTime",a=i;t[r].set(a,e)},[v.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,r,a;let n="mediaCurrentTime",o=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(o)))return;let l=(a=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?a:0,c=o-l;t[n].set(c,e)},[v.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var r;let{options:a}=e,n=Qt(e),o=Rn(i),l=(r=o[0])==null?void 0:r.language;l&&!a.noSubtitlesLangPref&&d.localStorage.setItem("media-chrome-pref-subtitles-lang",l),_t(Xe.SHOWING,n,o)},[v.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let r=Qt(e),a=i??[];_t(Xe.DISABLED,r,a)},[v.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){Kr(e,i)},[v.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let r="mediaRenditionSelected",a=i;t[r].set(a,e)},[v.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let r="mediaAudioTrackEnabled",a=i;t[r].set(a,e)},[v.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[v.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[v.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let r="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[r].set(!0,e,i)},[v.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[v.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[v.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[v.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var ml=({media:t,fullscreenElement:e,documentElement:i,stateMediator:r=zt,requestMap:a=hl,options:n={},monitorStateOwnersOnlyWithSubscriptions:o=!0})=>{let l=[],c={options:{...n}},u=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),p=A=>{A!=null&&(qr(A,u)||(u=Object.freeze({...u,...A}),l.forEach(M=>M(u))))},b=()=>{let A=Object.entries(r).reduce((M,[w,{get:te}])=>(M[w]=te(c),M),{});p(A)},f={},m,k=async(A,M)=>{var w,te,Ai,Ti,Ct,We,$e,ki,ut,Jo,jo,es,ts,is,rs,as;let $d=!!m;if(m={...c,...m??{},...A},$d)return;await ul(...Object.values(A));let xt=l.length>0&&M===0&&o,ns=c.media!==m.media,os=((w=c.media)==null?void 0:w.textTracks)!==((te=m.media)==null?void 0:te.textTracks),ss=((Ai=c.media)==null?void 0:Ai.videoRenditions)!==((Ti=m.media)==null?void 0:Ti.videoRenditions),ls=((Ct=c.media)==null?void 0:Ct.audioTracks)!==((We=m.media)==null?void 0:We.audioTracks),ds=(($e=c.media)==null?void 0:$e.remote)!==((ki=m.media)==null?void 0:ki.remote),cs=c.documentElement!==m.documentElement,us=!!c.media&&(ns||xt),hs=!!((ut=c.media)!=null&&ut.textTracks)&&(os||xt),ms=!!((Jo=c.media)!=null&&Jo.videoRenditions)&&(ss||xt),ps=!!((jo=c.media)!=null&&jo.audioTracks)&&(ls||xt),vs=!!((es=c.media)!=null&&es.remote)&&(ds||xt),Es=!!c.documentElement&&(cs||xt),un=us||hs||ms||ps||vs||Es,Ot=l.length===0&&M===1&&o,fs=!!m.media&&(ns||Ot),gs=!!((ts=m.media)!=null&&ts.textTracks)&&(os||Ot),_s=!!((is=m.media)!=null&&is.videoRenditions)&&(ss||Ot),bs=!!((rs=m.media)!=null&&rs.audioTracks)&&(ls||Ot),As=!!((as=m.media)!=null&&as.remote)&&(ds||Ot),Ts=!!m.documentElement&&(cs||Ot),ks=fs||gs||_s||bs||As||Ts;if(!(un||ks)){Object.entries(m).forEach(([x,Si])=>{c[x]=Si}),b(),m=void 0;return}Object.entries(r).forEach(([x,{get:Si,mediaEvents:Fd=[],textTracksEvents:Vd=[],videoRenditionsEvents:Kd=[],audioTracksEvents:qd=[],remoteEvents:Gd=[],rootEvents:Yd=[],stateOwnersUpdateHandlers:Qd=[]}])=>{f[x]||(f[x]={});let oe=H=>{let G=Si(c,H);p({[x]:G})},Z;Z=f[x].mediaEvents,Fd.forEach(H=>{Z&&us&&(c.media.removeEventListener(H,Z),f[x].mediaEvents=void 0),fs&&(m.media.addEventListener(H,oe),f[x].mediaEvents=oe)}),Z=f[x].textTracksEvents,Vd.forEach(H=>{var G,Ee;Z&&hs&&((G=c.media.textTracks)==null||G.removeEventListener(H,Z),f[x].textTracksEvents=void 0),gs&&((Ee=m.media.textTracks)==null||Ee.addEventListener(H,oe),f[x].textTracksEvents=oe)}),Z=f[x].videoRenditionsEvents,Kd.forEach(H=>{var G,Ee;Z&&ms&&((G=c.media.videoRenditions)==null||G.removeEventListener(H,Z),f[x].videoRenditionsEvents=void 0),_s&&((Ee=m.media.videoRenditions)==null||Ee.addEventListener(H,oe),f[x].videoRenditionsEvents=oe)}),Z=f[x].audioTracksEvents,qd.forEach(H=>{var G,Ee;Z&&ps&&((G=c.media.audioTracks)==null||G.removeEventListener(H,Z),f[x].audioTracksEvents=void 0),bs&&((Ee=m.media.audioTracks)==null||Ee.addEventListener(H,oe),f[x].audioTracksEvents=oe)}),Z=f[x].remoteEvents,Gd.forEach(H=>{var G,Ee;Z&&vs&&((G=c.media.remote)==null||G.removeEventListener(H,Z),f[x].remoteEvents=void 0),As&&((Ee=m.media.remote)==null||Ee.addEventListener(H,oe),f[x].remoteEvents=oe)}),Z=f[x].rootEvents,Yd.forEach(H=>{Z&&Es&&(c.documentElement.removeEventListener(H,Z),f[x].rootEvents=void 0),Ts&&(m.documentElement.addEventListener(H,oe),f[x].rootEvents=oe)});let Tr=f[x].stateOwnersUpdateHandlers;if(Tr&&un&&(Array.isArray(Tr)?Tr:[Tr]).forEach(G=>{typeof G=="function"&&G()}),ks){let H=Qd.map(G=>G(oe,m)).filter(G=>typeof G=="function");f[x].stateOwnersUpdateHandlers=H.length===1?H[0]:H}else un&&(f[x].stateOwnersUpdateHandlers=void 0)}),Object.entries(m).forEach(([x,Si])=>{c[x]=Si}),b(),m=void 0};return k({media:t,fullscreenElement:e,documentElement:i,options:n}),{dispatch(A){let{type:M,detail:w}=A;if(a[M]&&u.mediaErrorCode==null){p(a[M](r,c,A));return}M==="mediaelementchangerequest"?k({media:w}):M==="fullscreenelementchangerequest"?k({fullscreenElement:w}):M==="documentelementchangerequest"?k({documentElement:w}):M==="optionschangerequest"&&(Object.entries(w??{}).forEach(([te,Ai])=>{c.options[te]=Ai}),b())},getState(){return u},subscribe(A){return k({},l.length+1),l.push(A),A(u),()=>{let M=l.indexOf(A);M>=0&&(k({},l.length-1),l.splice(M,1))}}}};var Wn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},g=(t,e,i)=>(Wn(t,e,"read from private field"),i?i.call(t):e.get(t)),de=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},be=(t,e,i,r)=>(Wn(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),rt=(t,e,i)=>(Wn(t,e,"access private method"),i),Ge,Hi,D,ce,Bi,Ie,Yr,Wi,Qr,Un,Tt,zr,Pn,$i,Zr,Nn,bl,Al=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],pl=10,vl=.025,El=.25,Rc=.25,Dc=2,h={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},Hn=class extends mt{constructor(){super(),de(this,Qr),de(this,zr),de(this,$i),de(this,Nn),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,de(this,Ge,new it(this,h.HOTKEYS)),de(this,Hi,void 0),de(this,D,void 0),de(this,ce,null),de(this,Bi,void 0),de(this,Ie,void 0),de(this,Yr,i=>{var r;(r=g(this,D))==null||r.dispatch(i)}),de(this,Wi,void 0),de(this,Tt,i=>{let{key:r,shiftKey:a}=i;if(!(a&&(r==="/"||r==="?")||Al.includes(r))){this.removeEventListener("keyup",g(this,Tt));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};be(this,Bi,i=>{Object.entries(i).forEach(([r,a])=>{if(r in e&&e[r]===a)return;this.propagateMediaState(r,a);let n=r.toLowerCase(),o=new d.CustomEvent(Ls[n],{composed:!0,detail:a});this.dispatchEvent(o)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(h.NO_HOTKEYS,h.HOTKEYS,h.DEFAULT_STREAM_TYPE,h.DEFAULT_SUBTITLES,h.DEFAULT_DURATION,h.NO_MUTED_PREF,h.NO_VOLUME_PREF,h.LANG,h.LOOP,h.LIVE_EDGE_OFFSET,h.SEEK_TO_LIVE_OFFSET,h.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return g(this,D)}set mediaStore(e){var i,r;if(g(this,D)&&((i=g(this,Ie))==null||i.call(this),be(this,Ie,void 0)),be(this,D,e),!g(this,D)&&!this.hasAttribute(h.NO_DEFAULT_STORE)){rt(this,Qr,Un).call(this);return}be(this,Ie,(r=g(this,D))==null?void 0:r.subscribe(g(this,Bi)))}get fullscreenElement(){var e;return(e=g(this,Hi))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(h.FULLSCREEN_ELEMENT)&&this.removeAttribute(h.FULLSCREEN_ELEMENT),be(this,Hi,e),(i=g(this,D))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return y(this,h.DEFAULT_SUBTITLES)}set defaultSubtitles(e){I(this,h.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return R(this,h.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){L(this,h.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return B(this,h.DEFAULT_DURATION)}set defaultDuration(e){W(this,h.DEFAULT_DURATION,e)}get noHotkeys(){return y(this,h.NO_HOTKEYS)}set noHotkeys(e){I(this,h.NO_HOTKEYS,e)}get keysUsed(){return R(this,h.KEYS_USED)}set keysUsed(e){L(this,h.KEYS_USED,e)}get liveEdgeOffset(){return B(this,h.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){W(this,h.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return y(this,h.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){I(this,h.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return y(this,h.NO_VOLUME_PREF)}set noVolumePref(e){I(this,h.NO_VOLUME_PREF,e)}get noMutedPref(){return y(this,h.NO_MUTED_PREF)}set noMutedPref(e){I(this,h.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return y(this,h.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){I(this,h.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return y(this,h.NO_DEFAULT_STORE)}set noDefaultStore(e){I(this,h.NO_DEFAULT_STORE,e)}get resolvedLang(){return Ps()}attributeChangedCallback(e,i,r){var a,n,o,l,c,u,p,b,f,m,k,A;if(super.attributeChangedCallback(e,i,r),e===h.NO_HOTKEYS)r!==i&&r===""?(this.hasAttribute(h.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):r!==i&&r===null&&this.enableHotkeys(),rt(this,$i,Zr).call(this);else if(e===h.HOTKEYS)g(this,Ge).value=r,rt(this,$i,Zr).call(this);else if(e===h.DEFAULT_SUBTITLES&&r!==i)(a=g(this,D))==null||a.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(h.DEFAULT_SUBTITLES)}});else if(e===h.DEFAULT_STREAM_TYPE)(o=g(this,D))==null||o.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(n=this.getAttribute(h.DEFAULT_STREAM_TYPE))!=null?n:void 0}});else if(e===h.LIVE_EDGE_OFFSET&&r!==i)(l=g(this,D))==null||l.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0}});else if(e===h.SEEK_TO_LIVE_OFFSET&&r!==i)(c=g(this,D))==null||c.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0}});else if(e===h.NO_AUTO_SEEK_TO_LIVE)(u=g(this,D))==null||u.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(h.NO_AUTO_SEEK_TO_LIVE)}});else if(e===h.FULLSCREEN_ELEMENT){let M=r?(p=this.getRootNode())==null?void 0:p.getElementById(r):void 0;be(this,Hi,M),(b=g(this,D))==null||b.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===h.LANG&&r!==i?(En(r),(f=g(this,D))==null||f.dispatch({type:"optionschangerequest",detail:{mediaLang:r}})):e===h.LOOP&&r!==i?(m=g(this,D))==null||m.dispatch({type:v.MEDIA_LOOP_REQUEST,detail:r!=null}):e===h.NO_VOLUME_PREF&&r!==i?(k=g(this,D))==null||k.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(h.NO_VOLUME_PREF)}}):e===h.NO_MUTED_PREF&&r!==i&&((A=g(this,D))==null||A.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(h.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,r;this.associateElement(this),!g(this,D)&&!this.hasAttribute(h.NO_DEFAULT_STORE)&&rt(this,Qr,Un).call(this),(e=g(this,D))==null||e.dispatch({type:"documentelementchangerequest",detail:$}),(i=g(this,D))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),g(this,D)&&!g(this,Ie)&&be(this,Ie,(r=g(this,D))==null?void 0:r.subscribe(g(this,Bi))),g(this,Wi)!==void 0&&g(this,D)&&this.media&&setTimeout(()=>{var a,n,o;(n=(a=this.media)==null?void 0:a.textTracks)!=null&&n.length&&((o=g(this,D))==null||o.dispatch({type:v.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:g(this,Wi)}))},0),this.hasAttribute(h.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,r,a,n,o;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),g(this,D)){let l=g(this,D).getState();be(this,Wi,!!((i=l.mediaSubtitlesShowing)!=null&&i.length)),(r=g(this,D))==null||r.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(a=g(this,D))==null||a.dispatch({type:"documentelementchangerequest",detail:void 0}),(n=g(this,D))==null||n.dispatch({type:v.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}g(this,Ie)&&((o=g(this,Ie))==null||o.call(this),be(this,Ie,void 0)),this.unassociateElement(this),g(this,ce)&&(g(this,ce).remove(),be(this,ce,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=g(this,D))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=g(this,D))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){_l(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let r=this.registerMediaStateReceiver.bind(this),a=this.unregisterMediaStateReceiver.bind(this),n=Nc(e,r,a);Object.values(v).forEach(o=>{e.addEventListener(o,g(this,Yr))}),i.set(e,n)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(v).forEach(a=>{e.removeEventListener(a,g(this,Yr))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),g(this,D)&&Object.entries(g(this,D).getState()).forEach(([a,n])=>{_l([e],a,n)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,r=i.indexOf(e);r<0||i.splice(r,1)}enableHotkeys(){this.addEventListener("keydown",rt(this,zr,Pn))}disableHotkeys(){this.removeEventListener("keydown",rt(this,zr,Pn)),this.removeEventListener("keyup",g(this,Tt))}get hotkeys(){return g(this,Ge)}set hotkeys(e){L(this,h.HOTKEYS,e)}keyboardShortcutHandler(e){var i,r,a,n,o,l,c,u,p;let b=e.target;if(((a=(r=(i=b.getAttribute(h.KEYS_USED))==null?void 0:i.split(" "))!=null?r:b?.keysUsed)!=null?a:[]).map(w=>w==="Space"?" ":w).filter(Boolean).includes(e.key))return;let m,k,A;if(!(g(this,Ge).contains(Hr(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&g(this,Ge).contains("noshift+/")))switch(e.key){case" ":case"k":m=g(this,D).getState().mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"m":m=this.mediaStore.getState().mediaVolumeLevel==="off"?v.MEDIA_UNMUTE_REQUEST:v.MEDIA_MUTE_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"f":m=this.mediaStore.getState().mediaIsFullscreen?v.MEDIA_EXIT_FULLSCREEN_REQUEST:v.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new d.CustomEvent(v.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let w=this.hasAttribute(h.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(h.KEYBOARD_BACKWARD_SEEK_OFFSET):pl;k=Math.max(((n=this.mediaStore.getState().mediaCurrentTime)!=null?n:0)-w,0),A=new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowRight":case"l":{let w=this.hasAttribute(h.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(h.KEYBOARD_FORWARD_SEEK_OFFSET):pl;k=Math.max(((o=this.mediaStore.getState().mediaCurrentTime)!=null?o:0)+w,0),A=new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowUp":{let w=this.hasAttribute(h.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(h.KEYBOARD_UP_VOLUME_STEP):vl;k=Math.min(((l=this.mediaStore.getState().mediaVolume)!=null?l:1)+w,1),A=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowDown":{let w=this.hasAttribute(h.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(h.KEYBOARD_DOWN_VOLUME_STEP):vl;k=Math.max(((c=this.mediaStore.getState().mediaVolume)!=null?c:1)-w,0),A=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"<":{let w=(u=this.mediaStore.getState().mediaPlaybackRate)!=null?u:1;k=Math.max(w-El,Rc).toFixed(2),A=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case">":{let w=(p=this.mediaStore.getState().mediaPlaybackRate)!=null?p:1;k=Math.min(w+El,Dc).toFixed(2),A=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"/":case"?":{e.shiftKey&&rt(this,Nn,bl).call(this);break}case"p":{m=this.mediaStore.getState().mediaIsPip?v.MEDIA_EXIT_PIP_REQUEST:v.MEDIA_ENTER_PIP_REQUEST,A=new d.CustomEvent(m,{composed:!0,bubbles:!0}),this.dispatchEvent(A);break}default:break}}};Ge=new WeakMap;Hi=new WeakMap;D=new WeakMap;ce=new WeakMap;Bi=new WeakMap;Ie=new WeakMap;Yr=new WeakMap;Wi=new WeakMap;Qr=new WeakSet;Un=function(){var t;this.mediaStore=ml({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(h.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(h.DEFAULT_DURATION)?+this.getAttribute(h.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(h.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(h.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(h.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(h.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(h.NO_SUBTITLES_LANG_PREF)}})};Tt=new WeakMap;zr=new WeakSet;Pn=function(t){var e;let{metaKey:i,altKey:r,key:a,shiftKey:n}=t,o=n&&(a==="/"||a==="?");if(o&&((e=g(this,ce))!=null&&e.open)){this.removeEventListener("keyup",g(this,Tt));return}if(i||r||!o&&!Al.includes(a)){this.removeEventListener("keyup",g(this,Tt));return}let l=t.target,c=l instanceof HTMLElement&&(l.tagName.toLowerCase()==="media-volume-range"||l.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(a)&&!g(this,Ge).contains(Hr(a))&&!c&&t.preventDefault(),this.addEventListener("keyup",g(this,Tt),{once:!0})};$i=new WeakSet;Zr=function(){g(this,ce)&&(g(this,ce).hotkeys=g(this,Ge).value||void 0,(this.noHotkeys||g(this,Ge).contains("noshift+/"))&&(g(this,ce).open=!1))};Nn=new WeakSet;bl=function(){g(this,ce)||(be(this,ce,$.createElement("media-keyboard-shortcuts-dialog")),rt(this,$i,Zr).call(this),this.appendChild(g(this,ce))),g(this,ce).open=!0};var Cc=Object.values(s),xc=Object.values(mn),Tl=t=>{var e,i,r,a;let{observedAttributes:n}=t.constructor;!n&&((e=t.nodeName)!=null&&e.includes("-"))&&(d.customElements.upgrade(t),{observedAttributes:n}=t.constructor);let o=(a=(r=(i=t?.getAttribute)==null?void 0:i.call(t,S.MEDIA_CHROME_ATTRIBUTES))==null?void 0:r.split)==null?void 0:a.call(r,/\s+/);return Array.isArray(n||o)?(n||o).filter(l=>Cc.includes(l)):[]},Oc=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&d.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof d.customElements.get(t.nodeName.toLowerCase()))&&d.customElements.upgrade(t),xc.some(r=>r in t)},Bn=t=>Oc(t)||!!Tl(t).length,fl=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},gl={[s.MEDIA_SUBTITLES_LIST]:gt,[s.MEDIA_SUBTITLES_SHOWING]:gt,[s.MEDIA_SEEKABLE]:fl,[s.MEDIA_BUFFERED]:t=>t?.map(fl).join(" "),[s.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[s.MEDIA_RENDITION_LIST]:Qs,[s.MEDIA_AUDIO_TRACK_LIST]:Zs},Uc=async(t,e,i)=>{var r,a;if(t.isConnected||await $r(0),typeof i=="boolean"||i==null)return I(t,e,i);if(typeof i=="number")return W(t,e,i);if(typeof i=="string")return L(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let n=(a=(r=gl[e])==null?void 0:r.call(gl,i))!=null?a:i;return t.setAttribute(e,n)},Pc=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},At=(t,e)=>{if(Pc(t))return;let i=(a,n)=>{var o,l;Bn(a)&&n(a);let{children:c=[]}=a??{},u=(l=(o=a?.shadowRoot)==null?void 0:o.children)!=null?l:[];[...c,...u].forEach(b=>At(b,n))},r=t?.nodeName.toLowerCase();if(r.includes("-")&&!Bn(t)){d.customElements.whenDefined(r).then(()=>{i(t,e)});return}i(t,e)},_l=(t,e,i)=>{t.forEach(r=>{if(e in r){r[e]=i;return}let a=Tl(r),n=e.toLowerCase();a.includes(n)&&Uc(r,n,i)})},Nc=(t,e,i)=>{At(t,e);let r=p=>{var b;let f=(b=p?.composedPath()[0])!=null?b:p.target;e(f)},a=p=>{var b;let f=(b=p?.composedPath()[0])!=null?b:p.target;i(f)};t.addEventListener(v.REGISTER_MEDIA_STATE_RECEIVER,r),t.addEventListener(v.UNREGISTER_MEDIA_STATE_RECEIVER,a);let n=p=>{p.forEach(b=>{let{addedNodes:f=[],removedNodes:m=[],type:k,target:A,attributeName:M}=b;k==="childList"?(Array.prototype.forEach.call(f,w=>At(w,e)),Array.prototype.forEach.call(m,w=>At(w,i))):k==="attributes"&&M===S.MEDIA_CHROME_ATTRIBUTES&&(Bn(A)?e(A):i(A))})},o=[],l=p=>{let b=p.target;b.name!=="media"&&(o.forEach(f=>At(f,i)),o=[...b.assignedElements({flatten:!0})],o.forEach(f=>At(f,e)))};t.addEventListener("slotchange",l);let c=new MutationObserver(n);return c.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{At(t,i),t.removeEventListener("slotchange",l),c.disconnect(),t.removeEventListener(v.REGISTER_MEDIA_STATE_RECEIVER,r),t.removeEventListener(v.UNREGISTER_MEDIA_STATE_RECEIVER,a)}};d.customElements.get("media-controller")||d.customElements.define("media-controller",Hn);var kl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Xr=(t,e,i)=>(kl(t,e,"read from private field"),i?i.call(t):e.get(t)),Hc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Jr=(t,e,i,r)=>(kl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),we;function Bc(t){return`
    <style>
      :host {
        
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-control-bar-display, inline-flex));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --media-loading-indicator-icon-height: 44px;
      }

      ::slotted(media-time-range),
      ::slotted(media-volume-range) {
        min-height: 100%;
      }

      ::slotted(media-time-range),
      ::slotted(media-clip-selector) {
        flex-grow: 1;
      }

      ::slotted([role="menu"]) {
        position: absolute;
      }
    </style>

    <slot></slot>
  `}var Fi=class extends d.HTMLElement{constructor(){if(super(),Hc(this,we,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===S.MEDIA_CONTROLLER&&(i&&((n=(a=Xr(this,we))==null?void 0:a.unassociateElement)==null||n.call(a,this),Jr(this,we,null)),r&&this.isConnected&&(Jr(this,we,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=Xr(this,we))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(Jr(this,we,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=Xr(this,we))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Xr(this,we))==null?void 0:e.unassociateElement)==null||i.call(e,this),Jr(this,we,null)}};we=new WeakMap;Fi.shadowRootOptions={mode:"open"};Fi.getTemplateHTML=Bc;d.customElements.get("media-control-bar")||d.customElements.define("media-control-bar",Fi);var Zt={PLACEMENT:"placement",BOUNDS:"bounds"};function Wc(t){return`
    <style>
      :host {
        --_tooltip-background-color: var(--media-tooltip-background-color, var(--media-secondary-color, rgba(20, 20, 30, .7)));
        --_tooltip-background: var(--media-tooltip-background, var(--_tooltip-background-color));
        --_tooltip-arrow-half-width: calc(var(--media-tooltip-arrow-width, 12px) / 2);
        --_tooltip-arrow-height: var(--media-tooltip-arrow-height, 5px);
        --_tooltip-arrow-background: var(--media-tooltip-arrow-color, var(--_tooltip-background-color));
        position: relative;
        pointer-events: none;
        display: var(--media-tooltip-display, inline-flex);
        justify-content: center;
        align-items: center;
        box-sizing: border-box;
        z-index: var(--media-tooltip-z-index, 1);
        background: var(--_tooltip-background);
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        font: var(--media-font,
          var(--media-font-weight, 400)
          var(--media-font-size, 13px) /
          var(--media-text-content-height, var(--media-control-height, 18px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        padding: var(--media-tooltip-padding, .35em .7em);
        border: var(--media-tooltip-border, none);
        border-radius: var(--media-tooltip-border-radius, 5px);
        filter: var(--media-tooltip-filter, drop-shadow(0 0 4px rgba(0, 0, 0, .2)));
        white-space: var(--media-tooltip-white-space, nowrap);
      }

      :host([hidden]) {
        display: none;
      }

      img, svg {
        display: inline-block;
      }

      #arrow {
        position: absolute;
        width: 0px;
        height: 0px;
        border-style: solid;
        display: var(--media-tooltip-arrow-display, block);
      }

      :host(:not([placement])),
      :host([placement="top"]) {
        position: absolute;
        bottom: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host(:not([placement])) #arrow,
      :host([placement="top"]) #arrow {
        top: 100%;
        left: 50%;
        border-width: var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width);
        border-color: var(--_tooltip-arrow-background) transparent transparent transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="right"]) {
        position: absolute;
        left: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="right"]) #arrow {
        top: 50%;
        right: 100%;
        border-width: var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0;
        border-color: transparent var(--_tooltip-arrow-background) transparent transparent;
        transform: translate(0, -50%);
      }

      :host([placement="bottom"]) {
        position: absolute;
        top: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host([placement="bottom"]) #arrow {
        bottom: 100%;
        left: 50%;
        border-width: 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width);
        border-color: transparent transparent var(--_tooltip-arrow-background) transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="left"]) {
        position: absolute;
        right: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="left"]) #arrow {
        top: 50%;
        left: 100%;
        border-width: var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height);
        border-color: transparent transparent transparent var(--_tooltip-arrow-background);
        transform: translate(0, -50%);
      }
      
      :host([placement="none"]) #arrow {
        display: none;
      }
    </style>
    <slot></slot>
    <div id="arrow"></div>
  `}var Xt=class extends d.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!Lr(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let r=getComputedStyle(this),a=(e=ye(this,"#"+this.bounds))!=null?e:Y(this);if(!a)return;let{x:n,width:o}=a.getBoundingClientRect(),{x:l,width:c}=this.getBoundingClientRect(),u=l+c,p=n+o,b=r.getPropertyValue("--media-tooltip-offset-x"),f=b?parseFloat(b.replace("px","")):0,m=r.getPropertyValue("--media-tooltip-container-margin"),k=m?parseFloat(m.replace("px","")):0,A=l-n+f-k,M=u-p+f+k;if(A<0){this.style.setProperty("--media-tooltip-offset-x",`${A}px`);return}if(M>0){this.style.setProperty("--media-tooltip-offset-x",`${M}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[Zt.PLACEMENT,Zt.BOUNDS]}get placement(){return R(this,Zt.PLACEMENT)}set placement(e){L(this,Zt.PLACEMENT,e)}get bounds(){return R(this,Zt.BOUNDS)}set bounds(e){L(this,Zt.BOUNDS,e)}};Xt.shadowRootOptions={mode:"open"};Xt.getTemplateHTML=Wc;d.customElements.get("media-tooltip")||d.customElements.define("media-tooltip",Xt);var $n=Xt;var Kn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Q=(t,e,i)=>(Kn(t,e,"read from private field"),i?i.call(t):e.get(t)),kt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},jr=(t,e,i,r)=>(Kn(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Sl=(t,e,i)=>(Kn(t,e,"access private method"),i),Le,jt,Fn,yl,nt,Jt,ea,Vn,Il,at={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function $c(t,e={}){return`
    <style>
      :host {
        position: relative;
        font: var(--media-font,
          var(--media-font-weight, bold)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        padding: var(--media-button-padding, var(--media-control-padding, 10px));
        justify-content: var(--media-button-justify-content, center);
        display: inline-flex;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        transition: background .15s linear;
        pointer-events: auto;
        cursor: var(--media-cursor, pointer);
        -webkit-tap-highlight-color: transparent;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }
      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgba(50 50 70 / .7));
      }

      slot[name="icon"] {
        display: inline-flex;
        align-items: center;
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-button-icon-width);
        height: var(--media-button-icon-height, var(--media-control-height, 24px));
        transform: var(--media-button-icon-transform);
        transition: var(--media-button-icon-transition);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
      }

      media-tooltip {
        
        max-width: 0;
        overflow-x: clip;
        opacity: 0;
        transition: opacity .3s, max-width 0s 9s;
      }

      :host(:hover) media-tooltip,
      :host(:focus-visible) media-tooltip {
        max-width: 100vw;
        opacity: 1;
        transition: opacity .3s;
      }

      :host([notooltip]) slot[name="tooltip"] {
        display: none;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}

    <slot name="tooltip">
      <media-tooltip part="tooltip" aria-hidden="true">
        <template shadowrootmode="${$n.shadowRootOptions.mode}">
          ${$n.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function Fc(t,e){return`
    <slot></slot>
  `}function Vc(){return""}var q=class extends d.HTMLElement{constructor(){if(super(),kt(this,Fn),kt(this,Vn),kt(this,Le,void 0),this.preventClick=!1,this.tooltipEl=null,kt(this,jt,e=>{this.preventClick||this.handleClick(e),setTimeout(Q(this,nt),0)}),kt(this,nt,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),kt(this,Jt,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",Q(this,Jt));return}this.preventClick||this.handleClick(e)}),kt(this,ea,e=>{let{metaKey:i,altKey:r,key:a}=e;if(i||r||!this.keysUsed.includes(a)){this.removeEventListener("keyup",Q(this,Jt));return}this.addEventListener("keyup",Q(this,Jt),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",at.TOOLTIP_PLACEMENT,S.MEDIA_CONTROLLER,s.MEDIA_LANG]}enable(){this.addEventListener("click",Q(this,jt)),this.addEventListener("keydown",Q(this,ea)),this.tabIndex=0}disable(){this.removeEventListener("click",Q(this,jt)),this.removeEventListener("keydown",Q(this,ea)),this.removeEventListener("keyup",Q(this,Jt)),this.tabIndex=-1}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===S.MEDIA_CONTROLLER?(i&&((n=(a=Q(this,Le))==null?void 0:a.unassociateElement)==null||n.call(a,this),jr(this,Le,null)),r&&this.isConnected&&(jr(this,Le,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=Q(this,Le))==null?void 0:l.associateElement)==null||c.call(l,this))):e==="disabled"&&r!==i?r==null?this.enable():this.disable():e===at.TOOLTIP_PLACEMENT&&this.tooltipEl&&r!==i?this.tooltipEl.placement=r:e===s.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),Sl(this,Fn,yl).call(this)&&Q(this,nt).call(this)}connectedCallback(){var e,i,r;let{style:a}=P(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(jr(this,Le,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=Q(this,Le))==null?void 0:i.associateElement)==null||r.call(i,this)),d.customElements.whenDefined("media-tooltip").then(()=>Sl(this,Vn,Il).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=Q(this,Le))==null?void 0:e.unassociateElement)==null||i.call(e,this),jr(this,Le,null),this.removeEventListener("mouseenter",Q(this,nt)),this.removeEventListener("focus",Q(this,nt)),this.removeEventListener("click",Q(this,jt))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return R(this,at.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){L(this,at.TOOLTIP_PLACEMENT,e)}get mediaController(){return R(this,S.MEDIA_CONTROLLER)}set mediaController(e){L(this,S.MEDIA_CONTROLLER,e)}get disabled(){return y(this,at.DISABLED)}set disabled(e){I(this,at.DISABLED,e)}get noTooltip(){return y(this,at.NO_TOOLTIP)}set noTooltip(e){I(this,at.NO_TOOLTIP,e)}handleClick(e){}};Le=new WeakMap;jt=new WeakMap;Fn=new WeakSet;yl=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};nt=new WeakMap;Jt=new WeakMap;ea=new WeakMap;Vn=new WeakSet;Il=function(){this.addEventListener("mouseenter",Q(this,nt)),this.addEventListener("focus",Q(this,nt)),this.addEventListener("click",Q(this,jt));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};q.shadowRootOptions={mode:"open"};q.getTemplateHTML=$c;q.getSlotTemplateHTML=Fc;q.getTooltipContentHTML=Vc;d.customElements.get("media-chrome-button")||d.customElements.define("media-chrome-button",q);var Ll=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Kc=(t,e,i)=>(Ll(t,e,"read from private field"),i?i.call(t):e.get(t)),qc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Gc=(t,e,i,r)=>(Ll(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ta,Yc=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,Qc=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function zc(t){return`
    <style>
      :host([${s.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${s.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${s.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${s.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${Yc}</slot>
      <slot name="exit">${Qc}</slot>
    </slot>
  `}function Zc(){return`
    <slot name="tooltip-enter">${_("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${_("Exit fullscreen mode")}</slot>
  `}var wl=t=>{let e=t.mediaIsFullscreen?_("exit fullscreen mode"):_("enter fullscreen mode");t.setAttribute("aria-label",e)},Vi=class extends q{constructor(){super(...arguments),qc(this,ta,null)}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_IS_FULLSCREEN,s.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),wl(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_IS_FULLSCREEN&&wl(this)}get mediaFullscreenUnavailable(){return R(this,s.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){L(this,s.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return y(this,s.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){I(this,s.MEDIA_IS_FULLSCREEN,e)}handleClick(e){Gc(this,ta,e);let i=Kc(this,ta)instanceof PointerEvent,r=this.mediaIsFullscreen?new d.CustomEvent(v.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new d.CustomEvent(v.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(r)}};ta=new WeakMap;Vi.getSlotTemplateHTML=zc;Vi.getTooltipContentHTML=Zc;d.customElements.get("media-fullscreen-button")||d.customElements.define("media-fullscreen-button",Vi);var{MEDIA_TIME_IS_LIVE:ia,MEDIA_PAUSED:Ki}=s,{MEDIA_SEEK_TO_LIVE_REQUEST:Xc,MEDIA_PLAY_REQUEST:Jc}=v,jc='<svg viewBox="0 0 6 12" aria-hidden="true"><circle cx="3" cy="6" r="2"></circle></svg>';function eu(t){return`
    <style>
      :host { --media-tooltip-display: none; }
      
      slot[name=indicator] > *,
      :host ::slotted([slot=indicator]) {
        
        min-width: auto;
        fill: var(--media-live-button-icon-color, rgb(140, 140, 140));
        color: var(--media-live-button-icon-color, rgb(140, 140, 140));
      }

      :host([${ia}]:not([${Ki}])) slot[name=indicator] > *,
      :host([${ia}]:not([${Ki}])) ::slotted([slot=indicator]) {
        fill: var(--media-live-button-indicator-color, rgb(255, 0, 0));
        color: var(--media-live-button-indicator-color, rgb(255, 0, 0));
      }

      :host([${ia}]:not([${Ki}])) {
        cursor: var(--media-cursor, not-allowed);
      }

      slot[name=text]{
        text-transform: uppercase;
      }

    </style>

    <slot name="indicator">${jc}</slot>
    
    <slot name="spacer">&nbsp;</slot><slot name="text">${_("live")}</slot>
  `}var Ml=t=>{var e;let i=t.mediaPaused||!t.mediaTimeIsLive,r=i?_("seek to live"):_("playing live");t.setAttribute("aria-label",r);let a=(e=t.shadowRoot)==null?void 0:e.querySelector('slot[name="text"]');a&&(a.textContent=_("live")),i?t.removeAttribute("aria-disabled"):t.setAttribute("aria-disabled","true")},ra=class extends q{static get observedAttributes(){return[...super.observedAttributes,ia,Ki]}connectedCallback(){super.connectedCallback(),Ml(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),Ml(this)}get mediaPaused(){return y(this,s.MEDIA_PAUSED)}set mediaPaused(e){I(this,s.MEDIA_PAUSED,e)}get mediaTimeIsLive(){return y(this,s.MEDIA_TIME_IS_LIVE)}set mediaTimeIsLive(e){I(this,s.MEDIA_TIME_IS_LIVE,e)}handleClick(){!this.mediaPaused&&this.mediaTimeIsLive||(this.dispatchEvent(new d.CustomEvent(Xc,{composed:!0,bubbles:!0})),this.hasAttribute(Ki)&&this.dispatchEvent(new d.CustomEvent(Jc,{composed:!0,bubbles:!0})))}};ra.getSlotTemplateHTML=eu;d.customElements.get("media-live-button")||d.customElements.define("media-live-button",ra);var Dl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},qi=(t,e,i)=>(Dl(t,e,"read from private field"),i?i.call(t):e.get(t)),Rl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Gi=(t,e,i,r)=>(Dl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Me,na,aa={LOADING_DELAY:"loadingdelay",NO_AUTOHIDE:"noautohide"},Cl=500,tu=`
<svg aria-hidden="true" viewBox="0 0 100 100">
  <path d="M73,50c0-12.7-10.3-23-23-23S27,37.3,27,50 M30.9,50c0-10.5,8.5-19.1,19.1-19.1S69.1,39.5,69.1,50">
    <animateTransform
       attributeName="transform"
       attributeType="XML"
       type="rotate"
       dur="1s"
       from="0 50 50"
       to="360 50 50"
       repeatCount="indefinite" />
  </path>
</svg>
`;function iu(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-loading-indicator-display, inline-block));
        vertical-align: middle;
        box-sizing: border-box;
        --_loading-indicator-delay: var(--media-loading-indicator-transition-delay, ${Cl}ms);
      }

      #status {
        color: rgba(0,0,0,0);
        width: 0px;
        height: 0px;
      }

      :host slot[name=icon] > *,
      :host ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 0);
        transition: opacity 0.15s;
      }

      :host([${s.MEDIA_LOADING}]:not([${s.MEDIA_PAUSED}])) slot[name=icon] > *,
      :host([${s.MEDIA_LOADING}]:not([${s.MEDIA_PAUSED}])) ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 1);
        transition: opacity 0.15s var(--_loading-indicator-delay);
      }

      :host #status {
        visibility: var(--media-loading-indicator-opacity, hidden);
        transition: visibility 0.15s;
      }

      :host([${s.MEDIA_LOADING}]:not([${s.MEDIA_PAUSED}])) #status {
        visibility: var(--media-loading-indicator-opacity, visible);
        transition: visibility 0.15s var(--_loading-indicator-delay);
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-loading-indicator-icon-width);
        height: var(--media-loading-indicator-icon-height, 100px);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
      }
    </style>

    <slot name="icon">${tu}</slot>
    <div id="status" role="status" aria-live="polite">${_("media loading")}</div>
  `}var Yi=class extends d.HTMLElement{constructor(){if(super(),Rl(this,Me,void 0),Rl(this,na,Cl),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,s.MEDIA_PAUSED,s.MEDIA_LOADING,aa.LOADING_DELAY]}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===aa.LOADING_DELAY&&i!==r?this.loadingDelay=Number(r):e===S.MEDIA_CONTROLLER&&(i&&((n=(a=qi(this,Me))==null?void 0:a.unassociateElement)==null||n.call(a,this),Gi(this,Me,null)),r&&this.isConnected&&(Gi(this,Me,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=qi(this,Me))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(Gi(this,Me,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=qi(this,Me))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=qi(this,Me))==null?void 0:e.unassociateElement)==null||i.call(e,this),Gi(this,Me,null)}get loadingDelay(){return qi(this,na)}set loadingDelay(e){Gi(this,na,e);let{style:i}=P(this.shadowRoot,":host");i.setProperty("--_loading-indicator-delay",`var(--media-loading-indicator-transition-delay, ${e}ms)`)}get mediaPaused(){return y(this,s.MEDIA_PAUSED)}set mediaPaused(e){I(this,s.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,s.MEDIA_LOADING)}set mediaLoading(e){I(this,s.MEDIA_LOADING,e)}get mediaController(){return R(this,S.MEDIA_CONTROLLER)}set mediaController(e){L(this,S.MEDIA_CONTROLLER,e)}get noAutohide(){return y(this,aa.NO_AUTOHIDE)}set noAutohide(e){I(this,aa.NO_AUTOHIDE,e)}};Me=new WeakMap;na=new WeakMap;Yi.shadowRootOptions={mode:"open"};Yi.getTemplateHTML=iu;d.customElements.get("media-loading-indicator")||d.customElements.define("media-loading-indicator",Yi);var ru=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,xl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,au=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function nu(t){return`
    <style>
      :host(:not([${s.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${s.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${s.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${s.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${s.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${s.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${s.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${ru}</slot>
      <slot name="low">${xl}</slot>
      <slot name="medium">${xl}</slot>
      <slot name="high">${au}</slot>
    </slot>
  `}function ou(){return`
    <slot name="tooltip-mute">${_("Mute")}</slot>
    <slot name="tooltip-unmute">${_("Unmute")}</slot>
  `}var Ol=t=>{let i=t.mediaVolumeLevel==="off"?_("unmute"):_("mute");t.setAttribute("aria-label",i)},Qi=class extends q{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),Ol(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_VOLUME_LEVEL&&Ol(this)}get mediaVolumeLevel(){return R(this,s.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){L(this,s.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?v.MEDIA_UNMUTE_REQUEST:v.MEDIA_MUTE_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};Qi.getSlotTemplateHTML=nu;Qi.getTooltipContentHTML=ou;d.customElements.get("media-mute-button")||d.customElements.define("media-mute-button",Qi);var Ul=`<svg aria-hidden="true" viewBox="0 0 28 24">
  <path d="M24 3H4a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h20a1 1 0 0 0 1-1V4a1 1 0 0 0-1-1Zm-1 16H5V5h18v14Zm-3-8h-7v5h7v-5Z"/>
</svg>`;function su(t){return`
    <style>
      :host([${s.MEDIA_IS_PIP}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      :host(:not([${s.MEDIA_IS_PIP}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${s.MEDIA_IS_PIP}]) slot[name=tooltip-enter],
      :host(:not([${s.MEDIA_IS_PIP}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${Ul}</slot>
      <slot name="exit">${Ul}</slot>
    </slot>
  `}function lu(){return`
    <slot name="tooltip-enter">${_("Enter picture in picture mode")}</slot>
    <slot name="tooltip-exit">${_("Exit picture in picture mode")}</slot>
  `}var Pl=t=>{let e=t.mediaIsPip?_("exit picture in picture mode"):_("enter picture in picture mode");t.setAttribute("aria-label",e)},zi=class extends q{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_IS_PIP,s.MEDIA_PIP_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Pl(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_IS_PIP&&Pl(this)}get mediaPipUnavailable(){return R(this,s.MEDIA_PIP_UNAVAILABLE)}set mediaPipUnavailable(e){L(this,s.MEDIA_PIP_UNAVAILABLE,e)}get mediaIsPip(){return y(this,s.MEDIA_IS_PIP)}set mediaIsPip(e){I(this,s.MEDIA_IS_PIP,e)}handleClick(){let e=this.mediaIsPip?v.MEDIA_EXIT_PIP_REQUEST:v.MEDIA_ENTER_PIP_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};zi.getSlotTemplateHTML=su;zi.getTooltipContentHTML=lu;d.customElements.get("media-pip-button")||d.customElements.define("media-pip-button",zi);var du=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,cu=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function uu(t){return`
    <style>
      :host([${s.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${s.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${s.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${s.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${du}</slot>
      <slot name="pause">${cu}</slot>
    </slot>
  `}function hu(){return`
    <slot name="tooltip-play">${_("Play")}</slot>
    <slot name="tooltip-pause">${_("Pause")}</slot>
  `}var Nl=t=>{let e=t.mediaPaused?_("play"):_("pause");t.setAttribute("aria-label",e)},Zi=class extends q{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PAUSED,s.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),Nl(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===s.MEDIA_PAUSED||e===s.MEDIA_LANG)&&Nl(this)}get mediaPaused(){return y(this,s.MEDIA_PAUSED)}set mediaPaused(e){I(this,s.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};Zi.getSlotTemplateHTML=uu;Zi.getTooltipContentHTML=hu;d.customElements.get("media-play-button")||d.customElements.define("media-play-button",Zi);var Xn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},F=(t,e,i)=>(Xn(t,e,"read from private field"),i?i.call(t):e.get(t)),ee=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ot=(t,e,i,r)=>(Xn(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ae=(t,e,i)=>(Xn(t,e,"access private method"),i),Re,va,oa,sa,Te,ma,la,da,ca,Jn,Hl,ua,qn,ha,Gn,pa,jn,Yn,Bl,Qn,Wl,zn,$l,Zn,Fl;function mu(t){return`
    <style>
      :host {
        --_focus-box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        --_media-range-padding: var(--media-range-padding, var(--media-control-padding, 10px));

        box-shadow: var(--_focus-visible-box-shadow, none);
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        height: calc(var(--media-control-height, 24px) + 2 * var(--_media-range-padding));
        display: inline-flex;
        align-items: center;
        
        vertical-align: middle;
        box-sizing: border-box;
        position: relative;
        width: 100px;
        transition: background .15s linear;
        cursor: var(--media-cursor, pointer);
        pointer-events: auto;
        touch-action: none; 
      }

      
      input[type=range]:focus {
        outline: 0;
      }
      input[type=range]:focus::-webkit-slider-runnable-track {
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgb(50 50 70 / .7));
      }

      #leftgap {
        padding-left: var(--media-range-padding-left, var(--_media-range-padding));
      }

      #rightgap {
        padding-right: var(--media-range-padding-right, var(--_media-range-padding));
      }

      #startpoint,
      #endpoint {
        position: absolute;
      }

      #endpoint {
        right: 0;
      }

      #container {
        
        width: var(--media-range-track-width, 100%);
        transform: translate(var(--media-range-track-translate-x, 0px), var(--media-range-track-translate-y, 0px));
        position: relative;
        height: 100%;
        display: flex;
        align-items: center;
        min-width: 40px;
      }

      #range {
        
        display: var(--media-time-range-hover-display, block);
        bottom: var(--media-time-range-hover-bottom, 0);
        height: var(--media-time-range-hover-height, max(100% , 25px));
        width: 100%;
        position: absolute;
        cursor: var(--media-cursor, pointer);

        -webkit-appearance: none; 
        -webkit-tap-highlight-color: transparent;
        background: transparent; 
        margin: 0;
        z-index: 1;
      }

      @media (hover: hover) {
        #range {
          bottom: var(--media-time-range-hover-bottom, 0);
          height: var(--media-time-range-hover-height, max(100%, 20px));
        }
      }

      
      
      #range::-webkit-slider-thumb {
        -webkit-appearance: none;
        background: transparent;
        width: .1px;
        height: .1px;
      }

      
      #range::-moz-range-thumb {
        background: transparent;
        border: transparent;
        width: .1px;
        height: .1px;
      }

      #appearance {
        height: var(--media-range-track-height, 4px);
        display: flex;
        flex-direction: column;
        justify-content: center;
        width: 100%;
        position: absolute;
        
        will-change: transform;
      }

      #track {
        background: var(--media-range-track-background, rgb(255 255 255 / .2));
        border-radius: var(--media-range-track-border-radius, 1px);
        border: var(--media-range-track-border, none);
        outline: var(--media-range-track-outline);
        outline-offset: var(--media-range-track-outline-offset);
        backdrop-filter: var(--media-range-track-backdrop-filter);
        -webkit-backdrop-filter: var(--media-range-track-backdrop-filter);
        box-shadow: var(--media-range-track-box-shadow, none);
        position: absolute;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }

      #progress,
      #pointer {
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #progress {
        background: var(--media-range-bar-color, var(--media-primary-color, rgb(238 238 238)));
        transition: var(--media-range-track-transition);
      }

      #pointer {
        background: var(--media-range-track-pointer-background);
        border-right: var(--media-range-track-pointer-border-right);
        transition: visibility .25s, opacity .25s;
        visibility: hidden;
        opacity: 0;
      }

      @media (hover: hover) {
        :host(:hover) #pointer {
          transition: visibility .5s, opacity .5s;
          visibility: visible;
          opacity: 1;
        }
      }

      #thumb,
      ::slotted([slot=thumb]) {
        width: var(--media-range-thumb-width, 10px);
        height: var(--media-range-thumb-height, 10px);
        transition: var(--media-range-thumb-transition);
        transform: var(--media-range-thumb-transform, none);
        opacity: var(--media-range-thumb-opacity, 1);
        translate: -50%;
        position: absolute;
        left: 0;
        cursor: var(--media-cursor, pointer);
      }

      #thumb {
        border-radius: var(--media-range-thumb-border-radius, 10px);
        background: var(--media-range-thumb-background, var(--media-primary-color, rgb(238 238 238)));
        box-shadow: var(--media-range-thumb-box-shadow, 1px 1px 1px transparent);
        border: var(--media-range-thumb-border, none);
      }

      :host([disabled]) #thumb {
        background-color: #777;
      }

      .segments #appearance {
        height: var(--media-range-segment-hover-height, 7px);
      }

      #track {
        clip-path: url(#segments-clipping);
      }

      #segments {
        --segments-gap: var(--media-range-segments-gap, 2px);
        position: absolute;
        width: 100%;
        height: 100%;
      }

      #segments-clipping {
        transform: translateX(calc(var(--segments-gap) / 2));
      }

      #segments-clipping:empty {
        display: none;
      }

      #segments-clipping rect {
        height: var(--media-range-track-height, 4px);
        y: calc((var(--media-range-segment-hover-height, 7px) - var(--media-range-track-height, 4px)) / 2);
        transition: var(--media-range-segment-transition, transform .1s ease-in-out);
        transform: var(--media-range-segment-transform, scaleY(1));
        transform-origin: center;
      }

      /* Visible label for accessibility - positioned off-screen but technically visible (Firefox requires visible labels) */
      #range-label {
        position: absolute;
        left: -10000px;
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        pointer-events: none;
      }
    </style>
    <div id="leftgap"></div>
    <div id="container">
      <div id="startpoint"></div>
      <div id="endpoint"></div>
      <div id="appearance">
        <div id="track" part="track">
          <div id="pointer"></div>
          <div id="progress" part="progress"></div>
        </div>
        <slot name="thumb">
          <div id="thumb" part="thumb"></div>
        </slot>
        <svg id="segments" aria-hidden="true"><clipPath id="segments-clipping"></clipPath></svg>
      </div>
        <input id="range" type="range" min="0" max="1" step="any" value="0">
        <label for="range" id="range-label"></label>

      ${this.getContainerTemplateHTML(t)}
    </div>
    <div id="rightgap"></div>
  `}function pu(t){return""}var De=class extends d.HTMLElement{constructor(){if(super(),ee(this,Jn),ee(this,ua),ee(this,ha),ee(this,pa),ee(this,Yn),ee(this,Qn),ee(this,zn),ee(this,Zn),ee(this,Re,void 0),ee(this,va,void 0),ee(this,oa,void 0),ee(this,sa,void 0),ee(this,Te,{}),ee(this,ma,[]),ee(this,la,()=>{if(this.range.matches(":focus-visible")){let{style:e}=P(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),ee(this,da,()=>{let{style:e}=P(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),ee(this,ca,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),ot(this,oa,this.shadowRoot.querySelector("#startpoint")),ot(this,sa,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===S.MEDIA_CONTROLLER?(i&&((n=(a=F(this,Re))==null?void 0:a.unassociateElement)==null||n.call(a,this),ot(this,Re,null)),r&&this.isConnected&&(ot(this,Re,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=F(this,Re))==null?void 0:l.associateElement)==null||c.call(l,this))):(e==="disabled"||e==="aria-disabled"&&i!==r)&&(r==null?(this.range.removeAttribute(e),Ae(this,ua,qn).call(this)):(this.range.setAttribute(e,r),Ae(this,ha,Gn).call(this)))}connectedCallback(){var e,i,r;let{style:a}=P(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),F(this,Te).pointer=P(this.shadowRoot,"#pointer"),F(this,Te).progress=P(this.shadowRoot,"#progress"),F(this,Te).thumb=P(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),F(this,Te).activeSegment=P(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(ot(this,Re,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=F(this,Re))==null?void 0:i.associateElement)==null||r.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",F(this,la)),this.shadowRoot.addEventListener("focusout",F(this,da)),Ae(this,ua,qn).call(this),Fe(this.container,F(this,ca))}disconnectedCallback(){var e,i;Ae(this,ha,Gn).call(this),(i=(e=F(this,Re))==null?void 0:e.unassociateElement)==null||i.call(e,this),ot(this,Re,null),this.shadowRoot.removeEventListener("focusin",F(this,la)),this.shadowRoot.removeEventListener("focusout",F(this,da)),Ve(this.container,F(this,ca))}updatePointerBar(e){var i;(i=F(this,Te).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let r=this.range.valueAsNumber*100;(e=F(this,Te).progress)==null||e.style.setProperty("width",`${r}%`),(i=F(this,Te).thumb)==null||i.style.setProperty("left",`${r}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let r=[...new Set([+this.range.min,...e.flatMap(n=>[n.start,n.end]),+this.range.max])];ot(this,ma,[...r]);let a=r.pop();for(let[n,o]of r.entries()){let[l,c]=[n===0,n===r.length-1],u=l?"calc(var(--segments-gap) / -1)":`${o*100}%`,b=`calc(${((c?a:r[n+1])-o)*100}%${l||c?"":" - var(--segments-gap)"})`,f=$.createElementNS("http://www.w3.org/2000/svg","rect"),m=Li(this.shadowRoot,`#segments-clipping rect:nth-child(${n+1})`);m.style.setProperty("x",u),m.style.setProperty("width",b),i.append(f)}}getPointerRatio(e){return Cs(e.clientX,e.clientY,F(this,oa).getBoundingClientRect(),F(this,sa).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":Ae(this,Zn,Fl).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":Ae(this,Yn,Bl).call(this,e);break;case"pointerdown":Ae(this,pa,jn).call(this,e);break;case"pointerup":Ae(this,Qn,Wl).call(this);break;case"pointerleave":Ae(this,zn,$l).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};Re=new WeakMap;va=new WeakMap;oa=new WeakMap;sa=new WeakMap;Te=new WeakMap;ma=new WeakMap;la=new WeakMap;da=new WeakMap;ca=new WeakMap;Jn=new WeakSet;Hl=function(t){let e=F(this,Te).activeSegment;if(!e)return;let i=this.getPointerRatio(t),a=`#segments-clipping rect:nth-child(${F(this,ma).findIndex((n,o,l)=>{let c=l[o+1];return c!=null&&i>=n&&i<=c})+1})`;(e.selectorText!=a||!e.style.transform)&&(e.selectorText=a,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};ua=new WeakSet;qn=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};ha=new WeakSet;Gn=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=d.window)==null||t.removeEventListener("pointerup",this),(e=d.window)==null||e.removeEventListener("pointermove",this)};pa=new WeakSet;jn=function(t){var e;ot(this,va,t.composedPath().includes(this.range)),(e=d.window)==null||e.addEventListener("pointerup",this,{once:!0})};Yn=new WeakSet;Bl=function(t){var e;t.pointerType!=="mouse"&&Ae(this,pa,jn).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=d.window)==null||e.addEventListener("pointermove",this)};Qn=new WeakSet;Wl=function(){var t;(t=d.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};zn=new WeakSet;$l=function(){var t,e;this.removeEventListener("pointerleave",this),(t=d.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=F(this,Te).activeSegment)==null||e.style.removeProperty("transform")};Zn=new WeakSet;Fl=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),Ae(this,Jn,Hl).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!F(this,va))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};De.shadowRootOptions={mode:"open"};De.getTemplateHTML=mu;De.getContainerTemplateHTML=pu;d.customElements.get("media-chrome-range")||d.customElements.define("media-chrome-range",De);var Vl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ea=(t,e,i)=>(Vl(t,e,"read from private field"),i?i.call(t):e.get(t)),vu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},fa=(t,e,i,r)=>(Vl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ce;function Eu(t){return`
    <style>
      :host {
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-preview-thumbnail-display, inline-block));
        overflow: hidden;
      }

      img {
        display: none;
        position: relative;
      }
    </style>
    <img crossorigin loading="eager" decoding="async">
  `}var ei=class extends d.HTMLElement{constructor(){if(super(),vu(this,Ce,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,s.MEDIA_PREVIEW_IMAGE,s.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,r;let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(fa(this,Ce,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=Ea(this,Ce))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Ea(this,Ce))==null?void 0:e.unassociateElement)==null||i.call(e,this),fa(this,Ce,null)}attributeChangedCallback(e,i,r){var a,n,o,l,c;[s.MEDIA_PREVIEW_IMAGE,s.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===S.MEDIA_CONTROLLER&&(i&&((n=(a=Ea(this,Ce))==null?void 0:a.unassociateElement)==null||n.call(a,this),fa(this,Ce,null)),r&&this.isConnected&&(fa(this,Ce,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=Ea(this,Ce))==null?void 0:l.associateElement)==null||c.call(l,this)))}get mediaPreviewImage(){return R(this,s.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,s.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(s.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(s.MEDIA_PREVIEW_COORDS);return}this.setAttribute(s.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[r,a,n,o]=e,l=i.split("#")[0],c=getComputedStyle(this),{maxWidth:u,maxHeight:p,minWidth:b,minHeight:f}=c,m=c.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",k,A;if(m==="fill"){let We=parseInt(u)/n,$e=parseInt(p)/o,ki=parseInt(b)/n,ut=parseInt(f)/o;k=We<1?We:Math.max(We,ki),A=$e<1?$e:Math.max($e,ut)}else{let We=Math.min(parseInt(u)/n,parseInt(p)/o),$e=Math.max(parseInt(b)/n,parseInt(f)/o),ut=We<1?We:$e>1?$e:1;k=ut,A=ut}let{style:M}=P(this.shadowRoot,":host"),w=P(this.shadowRoot,"img").style,te=this.shadowRoot.querySelector("img"),Ti=Math.min(k,A)<1?"min":"max";M.setProperty(`${Ti}-width`,"initial","important"),M.setProperty(`${Ti}-height`,"initial","important"),M.width=`${n*k}px`,M.height=`${o*A}px`;let Ct=()=>{w.width=`${this.imgWidth*k}px`,w.height=`${this.imgHeight*A}px`,w.display="block"};te.src!==l&&(te.onload=()=>{this.imgWidth=te.naturalWidth,this.imgHeight=te.naturalHeight,Ct(),te.onload=null},te.src=l,Ct()),Ct(),w.transform=`translate(-${r*k}px, -${a*A}px)`}};Ce=new WeakMap;ei.shadowRootOptions={mode:"open"};ei.getTemplateHTML=Eu;d.customElements.get("media-preview-thumbnail")||d.customElements.define("media-preview-thumbnail",ei);var eo=ei;var Kl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ga=(t,e,i)=>(Kl(t,e,"read from private field"),i?i.call(t):e.get(t)),fu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},_a=(t,e,i,r)=>(Kl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),xe;function gu(t,e={}){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-text-background, var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7))));
        padding: var(--media-control-padding, 10px);
        display: inline-flex;
        justify-content: center;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        text-align: center;
        pointer-events: auto;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }

      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}
  `}function _u(t,e){return`
    <slot></slot>
  `}var Oe=class extends d.HTMLElement{constructor(){if(super(),fu(this,xe,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,n,o,l,c;e===S.MEDIA_CONTROLLER&&(i&&((n=(a=ga(this,xe))==null?void 0:a.unassociateElement)==null||n.call(a,this),_a(this,xe,null)),r&&this.isConnected&&(_a(this,xe,(o=this.getRootNode())==null?void 0:o.getElementById(r)),(c=(l=ga(this,xe))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let{style:a}=P(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(_a(this,xe,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=ga(this,xe))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=ga(this,xe))==null?void 0:e.unassociateElement)==null||i.call(e,this),_a(this,xe,null)}};xe=new WeakMap;Oe.shadowRootOptions={mode:"open"};Oe.getTemplateHTML=gu;Oe.getSlotTemplateHTML=_u;d.customElements.get("media-text-display")||d.customElements.define("media-text-display",Oe);var ql=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],Gl=(t,e)=>{let i=t===1?_(ql[e].singular):_(ql[e].plural);return`${t} ${i}`},to=t=>{if(!Yt(t))return"";let e=Math.abs(t),i=e!==t,r=new Date(0,0,0,0,0,e,0),n=[r.getHours(),r.getMinutes(),r.getSeconds()].map((o,l)=>o&&Gl(o,l)).filter(o=>o).join(", ");return i?_("{time} remaining",{time:n}):e===0?Gl(0,2):n};function io(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let r=Math.floor(t%60),a=Math.floor(t/60%60),n=Math.floor(t/3600),o=Math.floor(e/60%60),l=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(n=a=r="0"),n=n>0||l>0?n+":":"",a=((n||o>=10)&&a<10?"0"+a:a)+":",r=r<10?"0"+r:r,(i?"-":"")+n+a+r}var Gp=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var Ql=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Yl=(t,e,i)=>(Ql(t,e,"read from private field"),i?i.call(t):e.get(t)),bu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Au=(t,e,i,r)=>(Ql(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Xi,ro=class extends Oe{constructor(){super(),bu(this,Xi,void 0),Au(this,Xi,this.shadowRoot.querySelector("slot")),Yl(this,Xi).textContent=io(0)}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_PREVIEW_TIME&&r!=null&&(Yl(this,Xi).textContent=io(parseFloat(r)))}get mediaPreviewTime(){return B(this,s.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){W(this,s.MEDIA_PREVIEW_TIME,e)}};Xi=new WeakMap;d.customElements.get("media-preview-time-display")||d.customElements.define("media-preview-time-display",ro);var zl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Tu=(t,e,i)=>(zl(t,e,"read from private field"),i?i.call(t):e.get(t)),ku=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Su=(t,e,i,r)=>(zl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ba,ao=class extends Oe{constructor(){super(),ku(this,ba,void 0),Su(this,ba,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PREVIEW_CHAPTER,s.MEDIA_LANG]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),(e===s.MEDIA_PREVIEW_CHAPTER||e===s.MEDIA_LANG)&&r!==i&&r!=null)if(Tu(this,ba).textContent=r,r!==""){let a=_("chapter: {chapterName}",{chapterName:r});this.setAttribute("aria-valuetext",a)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return R(this,s.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){L(this,s.MEDIA_PREVIEW_CHAPTER,e)}};ba=new WeakMap;d.customElements.get("media-preview-chapter-display")||d.customElements.define("media-preview-chapter-display",ao);var Zl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},J=(t,e,i)=>(Zl(t,e,"read from private field"),i?i.call(t):e.get(t)),Ue=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ue=(t,e,i,r)=>(Zl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),yu=(t,e,i,r)=>({set _(a){ue(t,e,a,i)},get _(){return J(t,e,r)}}),ti,Aa,ii,Ji,Ta,ka,Sa,ri,St,ya,Ia=class{constructor(e,i,r){Ue(this,ti,void 0),Ue(this,Aa,void 0),Ue(this,ii,void 0),Ue(this,Ji,void 0),Ue(this,Ta,void 0),Ue(this,ka,void 0),Ue(this,Sa,void 0),Ue(this,ri,void 0),Ue(this,St,0),Ue(this,ya,(a=performance.now())=>{ue(this,St,requestAnimationFrame(J(this,ya))),ue(this,Ji,performance.now()-J(this,ii));let n=1e3/this.fps;if(J(this,Ji)>n){ue(this,ii,a-J(this,Ji)%n);let o=1e3/((a-J(this,Aa))/++yu(this,Ta)._),l=(a-J(this,ka))/1e3/this.duration,c=J(this,Sa)+l*this.playbackRate;c-J(this,ti).valueAsNumber>0?ue(this,ri,this.playbackRate/this.duration/o):(ue(this,ri,.995*J(this,ri)),c=J(this,ti).valueAsNumber+J(this,ri)),this.callback(c)}}),ue(this,ti,e),this.callback=i,this.fps=r}start(){J(this,St)===0&&(ue(this,ii,performance.now()),ue(this,Aa,J(this,ii)),ue(this,Ta,0),J(this,ya).call(this))}stop(){J(this,St)!==0&&(cancelAnimationFrame(J(this,St)),ue(this,St,0))}update({start:e,duration:i,playbackRate:r}){let a=e-J(this,ti).valueAsNumber,n=Math.abs(i-this.duration);(a>0||a<-.5/i||n>=.5)&&this.callback(e),ue(this,Sa,e),ue(this,ka,performance.now()),this.duration=i,this.playbackRate=r}};ti=new WeakMap;Aa=new WeakMap;ii=new WeakMap;Ji=new WeakMap;Ta=new WeakMap;ka=new WeakMap;Sa=new WeakMap;ri=new WeakMap;St=new WeakMap;ya=new WeakMap;var co=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},N=(t,e,i)=>(co(t,e,"read from private field"),i?i.call(t):e.get(t)),z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},he=(t,e,i,r)=>(co(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),me=(t,e,i)=>(co(t,e,"access private method"),i),ai,st,Ma,er,Ra,La,tr,ir,ni,oi,ji,no,Xl,oo,Da,uo,Ca,ho,xa,mo,so,Jl,rr,Oa,lo,jl,Iu=t=>{let e=t.range,i=to(+ed(t)),r=to(+t.mediaSeekableEnd),a=i&&r?_("{currentTime} of {totalTime}",{currentTime:i,totalTime:r}):_("video not loaded, unknown time.");e.setAttribute("aria-valuetext",a)};function wu(t){return`
    <style>
      :host {
        --media-box-border-radius: 4px;
        --media-box-padding-left: 10px;
        --media-box-padding-right: 10px;
        --media-preview-border-radius: var(--media-box-border-radius);
        --media-box-arrow-offset: var(--media-box-border-radius);
        --_control-background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        --_preview-background: var(--media-preview-background, var(--_control-background));

        
        contain: layout;
      }

      #buffered {
        background: var(--media-time-range-buffered-color, rgb(255 255 255 / .4));
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #preview-rail,
      #current-rail {
        width: 100%;
        position: absolute;
        left: 0;
        bottom: 100%;
        pointer-events: none;
        will-change: transform;
      }

      [part~="box"] {
        width: min-content;
        
        position: absolute;
        bottom: 100%;
        flex-direction: column;
        align-items: center;
        transform: translateX(-50%);
      }

      [part~="current-box"] {
        display: var(--media-current-box-display, var(--media-box-display, flex));
        margin: var(--media-current-box-margin, var(--media-box-margin, 0 0 5px));
        visibility: hidden;
      }

      [part~="preview-box"] {
        display: var(--media-preview-box-display, var(--media-box-display, flex));
        margin: var(--media-preview-box-margin, var(--media-box-margin, 0 0 5px));
        transition-property: var(--media-preview-transition-property, visibility, opacity);
        transition-duration: var(--media-preview-transition-duration-out, .25s);
        transition-delay: var(--media-preview-transition-delay-out, 0s);
        visibility: hidden;
        opacity: 0;
      }

      :host(:is([${s.MEDIA_PREVIEW_IMAGE}], [${s.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${s.MEDIA_PREVIEW_IMAGE}], [${s.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
          transition-duration: var(--media-preview-transition-duration-in, .5s);
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
          opacity: 1;
        }
      }

      media-preview-thumbnail,
      ::slotted(media-preview-thumbnail) {
        visibility: hidden;
        
        transition: visibility 0s .25s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-thumbnail-background, var(--_preview-background));
        box-shadow: var(--media-preview-thumbnail-box-shadow, 0 0 4px rgb(0 0 0 / .2));
        max-width: var(--media-preview-thumbnail-max-width, 180px);
        max-height: var(--media-preview-thumbnail-max-height, 160px);
        min-width: var(--media-preview-thumbnail-min-width, 120px);
        min-height: var(--media-preview-thumbnail-min-height, 80px);
        border: var(--media-preview-thumbnail-border);
        border-radius: var(--media-preview-thumbnail-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius) 0 0);
      }

      :host([${s.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${s.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${s.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${s.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${s.MEDIA_PREVIEW_TIME}]:hover) {
          --media-time-range-hover-display: block;
        }
      }

      media-preview-chapter-display,
      ::slotted(media-preview-chapter-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        visibility: hidden;
        
        transition: min-width 0s, border-radius 0s, margin 0s, padding 0s, visibility 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-chapter-background, var(--_preview-background));
        border-radius: var(--media-preview-chapter-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-chapter-padding, 3.5px 9px);
        margin: var(--media-preview-chapter-margin, 0 0 5px);
        text-shadow: var(--media-preview-chapter-text-shadow, 0 0 4px rgb(0 0 0 / .75));
      }

      :host([${s.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${s.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${s.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${s.MEDIA_PREVIEW_CHAPTER}]) {
        visibility: visible;
      }

      media-preview-chapter-display:not([aria-valuetext]),
      ::slotted(media-preview-chapter-display:not([aria-valuetext])) {
        display: none;
      }

      media-preview-time-display,
      ::slotted(media-preview-time-display),
      media-time-display,
      ::slotted(media-time-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        
        transition: min-width 0s, border-radius 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-time-background, var(--_preview-background));
        border-radius: var(--media-preview-time-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-time-padding, 3.5px 9px);
        margin: var(--media-preview-time-margin, 0);
        text-shadow: var(--media-preview-time-text-shadow, 0 0 4px rgb(0 0 0 / .75));
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50%)
        ));
      }

      :host([${s.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${s.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${s.MEDIA_PREVIEW_TIME}]:hover) {
        --media-time-range-hover-display: block;
      }

      [part~="arrow"],
      ::slotted([part~="arrow"]) {
        display: var(--media-box-arrow-display, inline-block);
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2 + var(--media-box-arrow-offset)),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50% - var(--media-box-arrow-offset))
        ));
        
        border-color: transparent;
        border-top-color: var(--media-box-arrow-background, var(--_control-background));
        border-width: var(--media-box-arrow-border-width,
          var(--media-box-arrow-height, 5px) var(--media-box-arrow-width, 6px) 0);
        border-style: solid;
        justify-content: center;
        height: 0;
      }
    </style>
    <div id="preview-rail">
      <slot name="preview" part="box preview-box">
        <media-preview-thumbnail>
          <template shadowrootmode="${eo.shadowRootOptions.mode}">
            ${eo.getTemplateHTML({})}
          </template>
        </media-preview-thumbnail>
        <media-preview-chapter-display></media-preview-chapter-display>
        <media-preview-time-display></media-preview-time-display>
        <slot name="preview-arrow"><div part="arrow"></div></slot>
      </slot>
    </div>
    <div id="current-rail">
      <slot name="current" part="box current-box">
        
      </slot>
    </div>
  `}var wa=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(r))return 0;let a=(e-i)/(r-i);return Math.max(0,Math.min(a,1))},ed=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(r)?0:e*(r-i)+i},ar=class extends De{constructor(){super(),z(this,no),z(this,Da),z(this,Ca),z(this,xa),z(this,so),z(this,rr),z(this,lo),z(this,ai,null),z(this,st,void 0),z(this,Ma,void 0),z(this,er,void 0),z(this,Ra,void 0),z(this,La,void 0),z(this,tr,void 0),z(this,ir,void 0),z(this,ni,void 0),z(this,oi,void 0),z(this,ji,()=>{me(this,no,Xl).call(this)?N(this,st).start():N(this,st).stop()}),z(this,oo,r=>{this.dragging||(Yt(r)&&(this.range.valueAsNumber=r),N(this,oi)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),he(this,Ma,this.shadowRoot.querySelectorAll('[part~="box"]')),he(this,Ra,this.shadowRoot.querySelector('[part~="preview-box"]')),he(this,La,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);he(this,tr,parseInt(i.getPropertyValue("--media-box-padding-left"))),he(this,ir,parseInt(i.getPropertyValue("--media-box-padding-right"))),he(this,st,new Ia(this.range,N(this,oo),60))}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PAUSED,s.MEDIA_DURATION,s.MEDIA_SEEKABLE,s.MEDIA_CURRENT_TIME,s.MEDIA_PREVIEW_IMAGE,s.MEDIA_PREVIEW_TIME,s.MEDIA_PREVIEW_CHAPTER,s.MEDIA_BUFFERED,s.MEDIA_PLAYBACK_RATE,s.MEDIA_LOADING,s.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",_("seek")),N(this,ji).call(this),he(this,ai,this.getRootNode()),(e=N(this,ai))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),N(this,st).stop(),(e=N(this,ai))==null||e.removeEventListener("transitionstart",this),he(this,ai,null)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),i!=r&&(e===s.MEDIA_CURRENT_TIME||e===s.MEDIA_PAUSED||e===s.MEDIA_ENDED||e===s.MEDIA_LOADING||e===s.MEDIA_DURATION||e===s.MEDIA_SEEKABLE?(N(this,st).update({start:wa(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),N(this,ji).call(this),Iu(this)):e===s.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===s.MEDIA_DURATION||e===s.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=N(this,ni),this.updateBar()))}get mediaChaptersCues(){return N(this,ni)}set mediaChaptersCues(e){var i;he(this,ni,e),this.updateSegments((i=N(this,ni))==null?void 0:i.map(r=>({start:wa(this,r.startTime),end:wa(this,r.endTime)})))}get mediaPaused(){return y(this,s.MEDIA_PAUSED)}set mediaPaused(e){I(this,s.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,s.MEDIA_LOADING)}set mediaLoading(e){I(this,s.MEDIA_LOADING,e)}get mediaDuration(){return B(this,s.MEDIA_DURATION)}set mediaDuration(e){W(this,s.MEDIA_DURATION,e)}get mediaCurrentTime(){return B(this,s.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){W(this,s.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return B(this,s.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){W(this,s.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(s.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(r=>+r)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(s.MEDIA_BUFFERED);return}let i=e.map(r=>r.join(":")).join(" ");this.setAttribute(s.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(s.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(s.MEDIA_SEEKABLE);return}this.setAttribute(s.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return R(this,s.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,s.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return B(this,s.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){W(this,s.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return y(this,s.MEDIA_ENDED)}set mediaEnded(e){I(this,s.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let r;if(this.mediaEnded)r=1;else{let n=this.mediaCurrentTime,[,o=this.mediaSeekableStart]=(e=i.find(([l,c])=>l<=n&&n<=c))!=null?e:[];r=wa(this,o)}let{style:a}=P(this.shadowRoot,"#buffered");a.setProperty("width",`${r*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=P(this.shadowRoot,"#current-rail"),r=P(this.shadowRoot,'[part~="current-box"]'),a=me(this,Da,uo).call(this,N(this,La)),n=me(this,Ca,ho).call(this,a,this.range.valueAsNumber),o=me(this,xa,mo).call(this,a,this.range.valueAsNumber);i.style.transform=`translateX(${n})`,i.style.setProperty("--_range-width",`${a.range.width}`),r.style.setProperty("--_box-shift",`${o}`),r.style.setProperty("--_box-width",`${a.box.width}px`),r.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":me(this,lo,jl).call(this);break;case"pointermove":me(this,so,Jl).call(this,e);break;case"pointerup":N(this,oi)&&he(this,oi,!1);break;case"pointerdown":he(this,oi,!0);break;case"pointerleave":me(this,rr,Oa).call(this,null);break;case"transitionstart":le(e.target,this)&&setTimeout(()=>N(this,ji).call(this),0);break}}};ai=new WeakMap;st=new WeakMap;Ma=new WeakMap;er=new WeakMap;Ra=new WeakMap;La=new WeakMap;tr=new WeakMap;ir=new WeakMap;ni=new WeakMap;oi=new WeakMap;ji=new WeakMap;no=new WeakSet;Xl=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&Lr(this)};oo=new WeakMap;Da=new WeakSet;uo=function(t){var e;let r=((e=this.getAttribute("bounds")?ye(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),a=this.range.getBoundingClientRect(),n=t.offsetWidth,o=-(a.left-r.left-n/2),l=r.right-a.left-n/2;return{box:{width:n,min:o,max:l},bounds:r,range:a}};Ca=new WeakSet;ho=function(t,e){let i=`${e*100}%`,{width:r,min:a,max:n}=t.box;if(!r)return i;if(Number.isNaN(a)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${a}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(n)){let l=`calc(1 / var(--_range-width) * 100 * ${n}% - var(--media-box-padding-right))`;i=`min(${i}, ${l})`}return i};xa=new WeakSet;mo=function(t,e){let{width:i,min:r,max:a}=t.box,n=e*t.range.width;if(n<r+N(this,tr)){let o=t.range.left-t.bounds.left-N(this,tr);return`${n-i/2+o}px`}if(n>a-N(this,ir)){let o=t.bounds.right-t.range.right-N(this,ir);return`${n+i/2-o-t.range.width}px`}return 0};so=new WeakSet;Jl=function(t){let e=[...N(this,Ma)].some(p=>t.composedPath().includes(p));if(!this.dragging&&(e||!t.composedPath().includes(this))){me(this,rr,Oa).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let r=P(this.shadowRoot,"#preview-rail"),a=P(this.shadowRoot,'[part~="preview-box"]'),n=me(this,Da,uo).call(this,N(this,Ra)),o=(t.clientX-n.range.left)/n.range.width;o=Math.max(0,Math.min(1,o));let l=me(this,Ca,ho).call(this,n,o),c=me(this,xa,mo).call(this,n,o);r.style.transform=`translateX(${l})`,r.style.setProperty("--_range-width",`${n.range.width}`),a.style.setProperty("--_box-shift",`${c}`),a.style.setProperty("--_box-width",`${n.box.width}px`);let u=Math.round(N(this,er))-Math.round(o*i);Math.abs(u)<1&&o>.01&&o<.99||(he(this,er,o*i),me(this,rr,Oa).call(this,N(this,er)))};rr=new WeakSet;Oa=function(t){this.dispatchEvent(new d.CustomEvent(v.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};lo=new WeakSet;jl=function(){N(this,st).stop();let t=ed(this);this.dispatchEvent(new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};ar.shadowRootOptions={mode:"open"};ar.getContainerTemplateHTML=wu;d.customElements.get("media-time-range")||d.customElements.define("media-time-range",ar);var Lu=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},td=(t,e,i)=>(Lu(t,e,"read from private field"),i?i.call(t):e.get(t)),Mu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ua,Ru=1,Du=t=>t.mediaMuted?0:t.mediaVolume,Cu=t=>`${Math.round(t*100)}%`,po=class extends De{constructor(){super(...arguments),Mu(this,Ua,()=>{let e=this.range.value,i=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)})}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_VOLUME,s.MEDIA_MUTED,s.MEDIA_VOLUME_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),this.range.setAttribute("aria-label",_("volume")),this.range.addEventListener("input",td(this,Ua))}disconnectedCallback(){this.range.removeEventListener("input",td(this,Ua)),super.disconnectedCallback()}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===s.MEDIA_VOLUME||e===s.MEDIA_MUTED)&&(this.range.valueAsNumber=Du(this),this.range.setAttribute("aria-valuetext",Cu(this.range.valueAsNumber)),this.updateBar())}get mediaVolume(){return B(this,s.MEDIA_VOLUME,Ru)}set mediaVolume(e){W(this,s.MEDIA_VOLUME,e)}get mediaMuted(){return y(this,s.MEDIA_MUTED)}set mediaMuted(e){I(this,s.MEDIA_MUTED,e)}get mediaVolumeUnavailable(){return R(this,s.MEDIA_VOLUME_UNAVAILABLE)}set mediaVolumeUnavailable(e){L(this,s.MEDIA_VOLUME_UNAVAILABLE,e)}};Ua=new WeakMap;d.customElements.get("media-volume-range")||d.customElements.define("media-volume-range",po);function id({anchor:t,floating:e,placement:i}){let r=xu({anchor:t,floating:e}),{x:a,y:n}=Uu(r,i);return{x:a,y:n}}function xu({anchor:t,floating:e}){return{anchor:Ou(t,e.offsetParent),floating:{x:0,y:0,width:e.offsetWidth,height:e.offsetHeight}}}function Ou(t,e){var i;let r=t.getBoundingClientRect(),a=(i=e?.getBoundingClientRect())!=null?i:{x:0,y:0};return{x:r.x-a.x,y:r.y-a.y,width:r.width,height:r.height}}function Uu({anchor:t,floating:e},i){let r=Pu(i)==="x"?"y":"x",a=r==="y"?"height":"width",n=rd(i),o=t.x+t.width/2-e.width/2,l=t.y+t.height/2-e.height/2,c=t[a]/2-e[a]/2,u;switch(n){case"top":u={x:o,y:t.y-e.height};break;case"bottom":u={x:o,y:t.y+t.height};break;case"right":u={x:t.x+t.width,y:l};break;case"left":u={x:t.x-e.width,y:l};break;default:u={x:t.x,y:t.y}}switch(i.split("-")[1]){case"start":u[r]-=c;break;case"end":u[r]+=c;break}return u}function rd(t){return t.split("-")[0]}function Pu(t){return["top","bottom"].includes(rd(t))?"y":"x"}var si=class extends Event{constructor({action:e="auto",relatedTarget:i,...r}){super("invoke",r),this.action=e,this.relatedTarget=i}},Pa=class extends Event{constructor({newState:e,oldState:i,...r}){super("toggle",r),this.newState=e,this.oldState=i}};var Io=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},C=(t,e,i)=>(Io(t,e,"read from private field"),i?i.call(t):e.get(t)),O=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},pe=(t,e,i,r)=>(Io(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),U=(t,e,i)=>(Io(t,e,"access private method"),i),Pe,lt,Ye,Na,nr,It,lr,vo,ad,Wa,wo,$a,Ha,Eo,fo,nd,go,od,_o,sd,li,di,ci,dr,Fa,Lo,bo,ld,Mo,dd,Ao,cd,Ro,ud,To,hd,ko,md,or,Va,So,pd,sr,Ka,Ba,yo;function Ne({type:t,text:e,value:i,checked:r}){let a=$.createElement("media-chrome-menu-item");a.type=t??"",a.part.add("menu-item"),t&&a.part.add(t),a.value=i,a.checked=r;let n=$.createElement("span");return n.textContent=e,a.append(n),a}function ke(t,e){let i=t.querySelector(`:scope > [slot="${e}"]`);if(i?.nodeName=="SLOT"&&(i=i.assignedElements({flatten:!0})[0]),i)return i=i.cloneNode(!0),i;let r=t.shadowRoot.querySelector(`[name="${e}"] > svg`);return r?r.cloneNode(!0):""}function Nu(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --_menu-bg: rgb(20 20 30 / .8);
        background: var(--media-menu-background, var(--media-control-background, var(--media-secondary-color, var(--_menu-bg))));
        border-radius: var(--media-menu-border-radius);
        border: var(--media-menu-border, none);
        display: var(--media-menu-display, inline-flex) !important;
        
        transition: var(--media-menu-transition-in,
          visibility 0s,
          opacity .2s ease-out,
          transform .15s ease-out,
          left .2s ease-in-out,
          min-width .2s ease-in-out,
          min-height .2s ease-in-out
        ) !important;
        
        visibility: var(--media-menu-visibility, visible);
        opacity: var(--media-menu-opacity, 1);
        max-height: var(--media-menu-max-height, var(--_menu-max-height, 300px));
        transform: var(--media-menu-transform-in, translateY(0) scale(1));
        flex-direction: column;
        
        min-height: 0;
        position: relative;
        bottom: var(--_menu-bottom);
        box-sizing: border-box;
      } 

      @-moz-document url-prefix() {
        :host{
          --_menu-bg: rgb(20 20 30);
        }
      }

      :host([hidden]) {
        transition: var(--media-menu-transition-out,
          visibility .15s ease-in,
          opacity .15s ease-in,
          transform .15s ease-in
        ) !important;
        visibility: var(--media-menu-hidden-visibility, hidden);
        opacity: var(--media-menu-hidden-opacity, 0);
        max-height: var(--media-menu-hidden-max-height,
          var(--media-menu-max-height, var(--_menu-max-height, 300px)));
        transform: var(--media-menu-transform-out, translateY(2px) scale(.99));
        pointer-events: none;
      }

      :host([slot="submenu"]) {
        background: none;
        width: 100%;
        min-height: 100%;
        position: absolute;
        bottom: 0;
        right: -100%;
      }

      #container {
        display: flex;
        flex-direction: column;
        min-height: 0;
        transition: transform .2s ease-out;
        transform: translate(0, 0);
      }

      #container.has-expanded {
        transition: transform .2s ease-in;
        transform: translate(-100%, 0);
      }

      button {
        background: none;
        color: inherit;
        border: none;
        padding: 0;
        font: inherit;
        outline: inherit;
        display: inline-flex;
        align-items: center;
      }

      slot[name="header"][hidden] {
        display: none;
      }

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .7em;
        border-bottom: 1px solid rgb(255 255 255 / .25);
        cursor: var(--media-cursor, default);
      }

      slot[name="header"] > button[part~="back"],
      slot[name="header"]::slotted(button[part~="back"]) {
        cursor: var(--media-cursor, pointer);
      }

      svg[part~="back"] {
        height: var(--media-menu-icon-height, var(--media-control-height, 24px));
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        display: block;
        margin-right: .5ch;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap);
        flex-direction: var(--media-menu-flex-direction, column);
        overflow: var(--media-menu-overflow, hidden auto);
        display: flex;
        min-height: 0;
      }

      :host([role="menu"]) slot:not([name]) {
        padding-block: .4em;
      }

      slot:not([name])::slotted([role="menu"]) {
        background: none;
      }

      media-chrome-menu-item > span {
        margin-right: .5ch;
        max-width: var(--media-menu-item-max-width);
        text-overflow: ellipsis;
        overflow: hidden;
      }
    </style>
    <style id="layout-row" media="width:0">

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .5em;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap, .25em);
        flex-direction: var(--media-menu-flex-direction, row);
        padding-inline: .5em;
      }

      media-chrome-menu-item {
        padding: .3em .5em;
      }

      media-chrome-menu-item[aria-checked="true"] {
        background: var(--media-menu-item-checked-background, rgb(255 255 255 / .2));
      }

      
      media-chrome-menu-item::part(checked-indicator) {
        display: var(--media-menu-item-checked-indicator-display, none);
      }
    </style>
    <div id="container" part="container">
      <slot name="header" hidden>
        <button part="back button" aria-label="Back to previous menu">
          <slot name="back-icon">
            <svg aria-hidden="true" viewBox="0 0 20 24" part="back indicator">
              <path d="m11.88 17.585.742-.669-4.2-4.665 4.2-4.666-.743-.669-4.803 5.335 4.803 5.334Z"/>
            </svg>
          </slot>
          <slot name="title"></slot>
        </button>
      </slot>
      <slot></slot>
    </div>
    <slot name="checked-indicator" hidden></slot>
  `}var yt={STYLE:"style",HIDDEN:"hidden",DISABLED:"disabled",ANCHOR:"anchor"},ne=class extends d.HTMLElement{constructor(){if(super(),O(this,vo),O(this,Wa),O(this,Ha),O(this,fo),O(this,go),O(this,_o),O(this,ci),O(this,Fa),O(this,bo),O(this,Mo),O(this,Ao),O(this,Ro),O(this,To),O(this,ko),O(this,or),O(this,So),O(this,sr),O(this,Ba),O(this,Pe,null),O(this,lt,null),O(this,Ye,null),O(this,Na,new Set),O(this,nr,void 0),O(this,It,!1),O(this,lr,null),O(this,$a,()=>{let e=C(this,Na),i=new Set(this.items);for(let r of e)i.has(r)||this.dispatchEvent(new CustomEvent("removemenuitem",{detail:r}));for(let r of i)e.has(r)||this.dispatchEvent(new CustomEvent("addmenuitem",{detail:r}));pe(this,Na,i)}),O(this,li,()=>{U(this,ci,dr).call(this),U(this,Fa,Lo).call(this,!1)}),O(this,di,()=>{U(this,ci,dr).call(this)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}this.container=this.shadowRoot.querySelector("#container"),this.defaultSlot=this.shadowRoot.querySelector("slot:not([name])"),pe(this,nr,new MutationObserver(C(this,$a)))}static get observedAttributes(){return[yt.DISABLED,yt.HIDDEN,yt.STYLE,yt.ANCHOR,S.MEDIA_CONTROLLER]}static formatMenuItemText(e,i){return e}enable(){this.addEventListener("click",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this),this.addEventListener("invoke",this),this.addEventListener("toggle",this)}disable(){this.removeEventListener("click",this),this.removeEventListener("focusout",this),this.removeEventListener("keyup",this),this.removeEventListener("invoke",this),this.removeEventListener("toggle",this)}handleEvent(e){switch(e.type){case"slotchange":U(this,vo,ad).call(this,e);break;case"invoke":U(this,fo,nd).call(this,e);break;case"click":U(this,bo,ld).call(this,e);break;case"toggle":U(this,Ao,cd).call(this,e);break;case"focusout":U(this,To,hd).call(this,e);break;case"keydown":U(this,ko,md).call(this,e);break}}connectedCallback(){var e,i;C(this,nr).observe(this.defaultSlot,{childList:!0}),pe(this,lr,Li(this.shadowRoot,":host")),U(this,Ha,Eo).call(this),this.hasAttribute("disabled")||this.enable(),this.role||(this.role="menu"),pe(this,Pe,wr(this)),(i=(e=C(this,Pe))==null?void 0:e.associateElement)==null||i.call(e,this),this.hidden||(Fe(cr(this),C(this,li)),Fe(this,C(this,di))),U(this,Wa,wo).call(this),this.shadowRoot.addEventListener("slotchange",this)}disconnectedCallback(){var e,i;C(this,nr).disconnect(),Ve(cr(this),C(this,li)),Ve(this,C(this,di)),this.disable(),(i=(e=C(this,Pe))==null?void 0:e.unassociateElement)==null||i.call(e,this),pe(this,Pe,null),pe(this,lt,null),pe(this,Ye,null),this.shadowRoot.removeEventListener("slotchange",this)}attributeChangedCallback(e,i,r){var a,n,o,l;e===yt.HIDDEN&&r!==i?(C(this,It)||pe(this,It,!0),this.hidden?U(this,_o,sd).call(this):U(this,go,od).call(this),this.dispatchEvent(new Pa({oldState:this.hidden?"open":"closed",newState:this.hidden?"closed":"open",bubbles:!0}))):e===S.MEDIA_CONTROLLER?(i&&((n=(a=C(this,Pe))==null?void 0:a.unassociateElement)==null||n.call(a,this),pe(this,Pe,null)),r&&this.isConnected&&(pe(this,Pe,wr(this)),(l=(o=C(this,Pe))==null?void 0:o.associateElement)==null||l.call(o,this))):e===yt.DISABLED&&r!==i?r==null?this.enable():this.disable():e===yt.STYLE&&r!==i&&U(this,Ha,Eo).call(this)}formatMenuItemText(e,i){return this.constructor.formatMenuItemText(e,i)}get anchor(){return this.getAttribute("anchor")}set anchor(e){this.setAttribute("anchor",`${e}`)}get anchorElement(){var e;return this.anchor?(e=wi(this))==null?void 0:e.querySelector(`#${this.anchor}`):null}get items(){return this.defaultSlot.assignedElements({flatten:!0}).filter(Hu)}get radioGroupItems(){return this.items.filter(e=>e.role==="menuitemradio")}get checkedItems(){return this.items.filter(e=>e.checked)}get value(){var e,i;return(i=(e=this.checkedItems[0])==null?void 0:e.value)!=null?i:""}set value(e){let i=this.items.find(r=>r.value===e);i&&U(this,Ba,yo).call(this,i)}focus(){if(pe(this,lt,Ii()),this.items.length){U(this,sr,Ka).call(this,this.items[0]),this.items[0].focus();return}let e=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');e?.focus()}handleSelect(e){var i;let r=U(this,or,Va).call(this,e);r&&(U(this,Ba,yo).call(this,r,r.type==="checkbox"),C(this,Ye)&&!this.hidden&&((i=C(this,lt))==null||i.focus(),this.hidden=!0))}get keysUsed(){return["Enter","Escape","Tab"," ","ArrowDown","ArrowUp","Home","End"]}handleMove(e){var i,r;let{key:a}=e,n=this.items,o=(r=(i=U(this,or,Va).call(this,e))!=null?i:U(this,So,pd).call(this))!=null?r:n[0],l=n.indexOf(o),c=Math.max(0,l);a==="ArrowDown"?c++:a==="ArrowUp"?c--:e.key==="Home"?c=0:e.key==="End"&&(c=n.length-1),c<0&&(c=n.length-1),c>n.length-1&&(c=0),U(this,sr,Ka).call(this,n[c]),n[c].focus()}};Pe=new WeakMap;lt=new WeakMap;Ye=new WeakMap;Na=new WeakMap;nr=new WeakMap;It=new WeakMap;lr=new WeakMap;vo=new WeakSet;ad=function(t){let e=t.target;for(let i of e.assignedNodes({flatten:!0}))i.nodeType===3&&i.textContent.trim()===""&&i.remove();["header","title"].includes(e.name)&&U(this,Wa,wo).call(this),e.name||C(this,$a).call(this)};Wa=new WeakSet;wo=function(){let t=this.shadowRoot.querySelector('slot[name="header"]'),e=this.shadowRoot.querySelector('slot[name="title"]');t.hidden=e.assignedNodes().length===0&&t.assignedNodes().length===0};$a=new WeakMap;Ha=new WeakSet;Eo=function(){var t;let e=this.shadowRoot.querySelector("#layout-row"),i=(t=getComputedStyle(this).getPropertyValue("--media-menu-layout"))==null?void 0:t.trim();e.setAttribute("media",i==="row"?"":"width:0")};fo=new WeakSet;nd=function(t){pe(this,Ye,t.relatedTarget),le(this,t.relatedTarget)||(this.hidden=!this.hidden)};go=new WeakSet;od=function(){var t;(t=C(this,Ye))==null||t.setAttribute("aria-expanded","true"),this.addEventListener("transitionend",()=>this.focus(),{once:!0}),Fe(cr(this),C(this,li)),Fe(this,C(this,di))};_o=new WeakSet;sd=function(){var t;(t=C(this,Ye))==null||t.setAttribute("aria-expanded","false"),Ve(cr(this),C(this,li)),Ve(this,C(this,di))};li=new WeakMap;di=new WeakMap;ci=new WeakSet;dr=function(t){if(this.hasAttribute("mediacontroller")&&!this.anchor||this.hidden||!this.anchorElement)return;let{x:e,y:i}=id({anchor:this.anchorElement,floating:this,placement:"top-start"});t??(t=this.offsetWidth);let a=cr(this).getBoundingClientRect(),n=a.width-e-t,o=a.height-i-this.offsetHeight,{style:l}=C(this,lr);l.setProperty("position","absolute"),l.setProperty("right",`${Math.max(0,n)}px`),l.setProperty("--_menu-bottom",`${o}px`);let c=getComputedStyle(this),p=l.getPropertyValue("--_menu-bottom")===c.bottom?o:parseFloat(c.bottom),b=a.height-p-parseFloat(c.marginBottom);this.style.setProperty("--_menu-max-height",`${b}px`)};Fa=new WeakSet;Lo=function(t){let e=this.querySelector('[role="menuitem"][aria-haspopup][aria-expanded="true"]'),i=e?.querySelector('[role="menu"]'),{style:r}=C(this,lr);if(t||r.setProperty("--media-menu-transition-in","none"),i){let a=i.offsetHeight,n=Math.max(i.offsetWidth,e.offsetWidth);this.style.setProperty("min-width",`${n}px`),this.style.setProperty("min-height",`${a}px`),U(this,ci,dr).call(this,n)}else this.style.removeProperty("min-width"),this.style.removeProperty("min-height"),U(this,ci,dr).call(this);r.removeProperty("--media-menu-transition-in")};bo=new WeakSet;ld=function(t){var e;if(t.stopPropagation(),t.composedPath().includes(C(this,Mo,dd))){(e=C(this,lt))==null||e.focus(),this.hidden=!0;return}let i=U(this,or,Va).call(this,t);!i||i.hasAttribute("disabled")||(U(this,sr,Ka).call(this,i),this.handleSelect(t))};Mo=new WeakSet;dd=function(){var t;return(t=this.shadowRoot.querySelector('slot[name="header"]').assignedElements({flatten:!0}))==null?void 0:t.find(i=>i.matches('button[part~="back"]'))};Ao=new WeakSet;cd=function(t){if(t.target===this)return;U(this,Ro,ud).call(this);let e=Array.from(this.querySelectorAll('[role="menuitem"][aria-haspopup]'));for(let i of e)i.invokeTargetElement!=t.target&&t.newState=="open"&&i.getAttribute("aria-expanded")=="true"&&!i.invokeTargetElement.hidden&&i.invokeTargetElement.dispatchEvent(new si({relatedTarget:i}));for(let i of e)i.setAttribute("aria-expanded",`${!i.submenuElement.hidden}`);U(this,Fa,Lo).call(this,!0)};Ro=new WeakSet;ud=function(){let e=this.querySelector('[role="menuitem"] > [role="menu"]:not([hidden])');this.container.classList.toggle("has-expanded",!!e)};To=new WeakSet;hd=function(t){var e;le(this,t.relatedTarget)||(C(this,It)&&((e=C(this,lt))==null||e.focus()),C(this,Ye)&&C(this,Ye)!==t.relatedTarget&&!this.hidden&&(this.hidden=!0))};ko=new WeakSet;md=function(t){var e,i,r,a,n;let{key:o,ctrlKey:l,altKey:c,metaKey:u}=t;if(!(l||c||u)&&this.keysUsed.includes(o))if(t.preventDefault(),t.stopPropagation(),o==="Tab"){if(C(this,It)){this.hidden=!0;return}t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(a=(r=this.nextElementSibling)==null?void 0:r.focus)==null||a.call(r),this.blur()}else o==="Escape"?((n=C(this,lt))==null||n.focus(),C(this,It)&&(this.hidden=!0)):o==="Enter"||o===" "?this.handleSelect(t):this.handleMove(t)};or=new WeakSet;Va=function(t){return t.composedPath().find(e=>["menuitemradio","menuitemcheckbox"].includes(e.role))};So=new WeakSet;pd=function(){return this.items.find(t=>t.tabIndex===0)};sr=new WeakSet;Ka=function(t){for(let e of this.items)e.tabIndex=e===t?0:-1};Ba=new WeakSet;yo=function(t,e){let i=[...this.checkedItems];t.type==="radio"&&this.radioGroupItems.forEach(r=>r.checked=!1),e?t.checked=!t.checked:t.checked=!0,this.checkedItems.some((r,a)=>r!=i[a])&&this.dispatchEvent(new Event("change",{bubbles:!0,composed:!0}))};ne.shadowRootOptions={mode:"open"};ne.getTemplateHTML=Nu;function Hu(t){return["menuitem","menuitemradio","menuitemcheckbox"].includes(t?.role)}function cr(t){var e;return(e=t.getAttribute("bounds")?ye(t,`#${t.getAttribute("bounds")}`):Y(t)||t.parentElement)!=null?e:t}d.customElements.get("media-chrome-menu")||d.customElements.define("media-chrome-menu",ne);var Uo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},vd=(t,e,i)=>(Uo(t,e,"read from private field"),i?i.call(t):e.get(t)),qa=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Do=(t,e,i,r)=>(Uo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ga=(t,e,i)=>(Uo(t,e,"access private method"),i),ur,za,Ya,Co,Qa,xo,Oo=class extends ne{constructor(){super(...arguments),qa(this,Ya),qa(this,Qa),qa(this,ur,[]),qa(this,za,void 0)}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_AUDIO_TRACK_LIST,s.MEDIA_AUDIO_TRACK_ENABLED,s.MEDIA_AUDIO_TRACK_UNAVAILABLE]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_AUDIO_TRACK_ENABLED&&i!==r?this.value=r:e===s.MEDIA_AUDIO_TRACK_LIST&&i!==r&&(Do(this,ur,Xs(r??"")),Ga(this,Ya,Co).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",Ga(this,Qa,xo))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",Ga(this,Qa,xo))}get anchorElement(){var e;return this.anchor!=="auto"?super.anchorElement:(e=Y(this))==null?void 0:e.querySelector("media-audio-track-menu-button")}get mediaAudioTrackList(){return vd(this,ur)}set mediaAudioTrackList(e){Do(this,ur,e),Ga(this,Ya,Co).call(this)}get mediaAudioTrackEnabled(){var e;return(e=R(this,s.MEDIA_AUDIO_TRACK_ENABLED))!=null?e:""}set mediaAudioTrackEnabled(e){L(this,s.MEDIA_AUDIO_TRACK_ENABLED,e)}};ur=new WeakMap;za=new WeakMap;Ya=new WeakSet;Co=function(){if(vd(this,za)===JSON.stringify(this.mediaAudioTrackList))return;Do(this,za,JSON.stringify(this.mediaAudioTrackList));let t=this.mediaAudioTrackList;this.defaultSlot.textContent="",t.sort((e,i)=>e.id.localeCompare(i.id,void 0,{numeric:!0}));for(let e of t){let i=this.formatMenuItemText(e.label,e),r=Ne({type:"radio",text:i,value:`${e.id}`,checked:e.enabled});r.prepend(ke(this,"checked-indicator")),this.defaultSlot.append(r)}};Qa=new WeakSet;xo=function(){if(this.value==null)return;let t=new d.CustomEvent(v.MEDIA_AUDIO_TRACK_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-audio-track-menu")||d.customElements.define("media-audio-track-menu",Oo);var Se=class extends q{connectedCallback(){super.connectedCallback(),this.invokeTargetElement&&this.setAttribute("aria-haspopup","menu")}get invokeTarget(){return this.getAttribute("invoketarget")}set invokeTarget(e){this.setAttribute("invoketarget",`${e}`)}get invokeTargetElement(){var e;return this.invokeTarget?(e=wi(this))==null?void 0:e.querySelector(`#${this.invokeTarget}`):null}handleClick(){var e;(e=this.invokeTargetElement)==null||e.dispatchEvent(new si({relatedTarget:this}))}};d.customElements.get("media-chrome-menu-button")||d.customElements.define("media-chrome-menu-button",Se);var Bu=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M11 17H9.5V7H11v10Zm-3-3H6.5v-4H8v4Zm6-5h-1.5v6H14V9Zm3 7h-1.5V8H17v8Z"/>
  <path d="M22 12c0 5.523-4.477 10-10 10S2 17.523 2 12 6.477 2 12 2s10 4.477 10 10Zm-2 0a8 8 0 1 0-16 0 8 8 0 0 0 16 0Z"/>
</svg>`;function Wu(){return`
    <style>
      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${Bu}</slot>
  `}function $u(){return _("Audio")}var Ed=t=>{let e=_("Audio");t.setAttribute("aria-label",e)},hr=class extends Se{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_AUDIO_TRACK_ENABLED,s.MEDIA_AUDIO_TRACK_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Ed(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_LANG&&Ed(this)}get invokeTargetElement(){var e;return this.invokeTarget!=null?super.invokeTargetElement:(e=Y(this))==null?void 0:e.querySelector("media-audio-track-menu")}get mediaAudioTrackEnabled(){var e;return(e=R(this,s.MEDIA_AUDIO_TRACK_ENABLED))!=null?e:""}set mediaAudioTrackEnabled(e){L(this,s.MEDIA_AUDIO_TRACK_ENABLED,e)}};hr.getSlotTemplateHTML=Wu;hr.getTooltipContentHTML=$u;d.customElements.get("media-audio-track-menu-button")||d.customElements.define("media-audio-track-menu-button",hr);var Bo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Fu=(t,e,i)=>(Bo(t,e,"read from private field"),i?i.call(t):e.get(t)),Po=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Vu=(t,e,i,r)=>(Bo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Za=(t,e,i)=>(Bo(t,e,"access private method"),i),ja,Xa,No,Ja,Ho,Ku=`
  <svg aria-hidden="true" viewBox="0 0 26 24" part="captions-indicator indicator">
    <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
  </svg>`;function qu(t){return`
    ${ne.getTemplateHTML(t)}
    <slot name="captions-indicator" hidden>${Ku}</slot>
  `}var en=class extends ne{constructor(){super(...arguments),Po(this,Xa),Po(this,Ja),Po(this,ja,void 0)}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_SUBTITLES_LIST,s.MEDIA_SUBTITLES_SHOWING]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_SUBTITLES_LIST&&i!==r?Za(this,Xa,No).call(this):e===s.MEDIA_SUBTITLES_SHOWING&&i!==r&&(this.value=r||"",Za(this,Xa,No).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",Za(this,Ja,Ho))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",Za(this,Ja,Ho))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-captions-menu-button")}get mediaSubtitlesList(){return fd(this,s.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){gd(this,s.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return fd(this,s.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){gd(this,s.MEDIA_SUBTITLES_SHOWING,e)}};ja=new WeakMap;Xa=new WeakSet;No=function(){var t;let e=Fu(this,ja)!==JSON.stringify(this.mediaSubtitlesList),i=this.value!==this.getAttribute(s.MEDIA_SUBTITLES_SHOWING);if(!e&&!i)return;Vu(this,ja,JSON.stringify(this.mediaSubtitlesList)),this.defaultSlot.textContent="";let r=!this.value,a=Ne({type:"radio",text:this.formatMenuItemText(_("Off")),value:"off",checked:r});a.prepend(ke(this,"checked-indicator")),this.defaultSlot.append(a);let n=this.mediaSubtitlesList;for(let o of n){let l=Ne({type:"radio",text:this.formatMenuItemText(o.label,o),value:Fr(o),checked:this.value==Fr(o)});l.prepend(ke(this,"checked-indicator")),((t=o.kind)!=null?t:"subs")==="captions"&&l.append(ke(this,"captions-indicator")),this.defaultSlot.append(l)}};Ja=new WeakSet;Ho=function(){let t=this.mediaSubtitlesShowing,e=this.getAttribute(s.MEDIA_SUBTITLES_SHOWING),i=this.value!==e;if(t?.length&&i&&this.dispatchEvent(new d.CustomEvent(v.MEDIA_DISABLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:t})),!this.value||!i)return;let r=new d.CustomEvent(v.MEDIA_SHOW_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(r)};en.getTemplateHTML=qu;var fd=(t,e)=>{let i=t.getAttribute(e);return i?Pi(i):[]},gd=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let r=gt(i);t.getAttribute(e)!==r&&t.setAttribute(e,r)};d.customElements.get("media-captions-menu")||d.customElements.define("media-captions-menu",en);var Gu=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,Yu=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function Qu(){return`
    <style>
      :host([data-captions-enabled="true"]) slot[name=off] {
        display: none !important;
      }

      
      :host(:not([data-captions-enabled="true"])) slot[name=on] {
        display: none !important;
      }

      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="on">${Gu}</slot>
      <slot name="off">${Yu}</slot>
    </slot>
  `}function zu(){return _("Captions")}var _d=t=>{t.setAttribute("data-captions-enabled",el(t).toString())},bd=t=>{t.setAttribute("aria-label",_("closed captions"))},mr=class extends Se{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_SUBTITLES_LIST,s.MEDIA_SUBTITLES_SHOWING,s.MEDIA_LANG]}connectedCallback(){super.connectedCallback(),bd(this),_d(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_SUBTITLES_SHOWING?_d(this):e===s.MEDIA_LANG&&bd(this)}get invokeTargetElement(){var e;return this.invokeTarget!=null?super.invokeTargetElement:(e=Y(this))==null?void 0:e.querySelector("media-captions-menu")}get mediaSubtitlesList(){return Ad(this,s.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Td(this,s.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Ad(this,s.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Td(this,s.MEDIA_SUBTITLES_SHOWING,e)}};mr.getSlotTemplateHTML=Qu;mr.getTooltipContentHTML=zu;var Ad=(t,e)=>{let i=t.getAttribute(e);return i?Pi(i):[]},Td=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let r=gt(i);t.getAttribute(e)!==r&&t.setAttribute(e,r)};d.customElements.get("media-captions-menu-button")||d.customElements.define("media-captions-menu-button",mr);var Zu=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ui=(t,e,i)=>(Zu(t,e,"read from private field"),i?i.call(t):e.get(t)),Xu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},dt,Wo={RATES:"rates"},$o=[1,1.2,1.5,1.7,2],wt=1;function He(t){return Math.round(t*100)/100}function Ju(t){return`
    <style>
      :host {
        min-width: 5ch;
        padding: var(--media-button-padding, var(--media-control-padding, 10px 5px));
      }
    </style>
    <slot name="icon">${t.mediaplaybackrate?He(+t.mediaplaybackrate):wt}x</slot>
  `}function ju(){return _("Playback rate")}var pr=class extends q{constructor(){var e;super(),Xu(this,dt,new it(this,Wo.RATES,{defaultValue:$o})),this.container=this.shadowRoot.querySelector('slot[name="icon"]'),this.container.innerHTML=`${He((e=this.mediaPlaybackRate)!=null?e:wt)}x`}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PLAYBACK_RATE,Wo.RATES]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),e===Wo.RATES&&(ui(this,dt).value=r),e===s.MEDIA_PLAYBACK_RATE){let a=r?+r:Number.NaN,n=He(Number.isNaN(a)?wt:a);this.container.innerHTML=`${n}x`,this.setAttribute("aria-label",_("Playback rate {playbackRate}",{playbackRate:n}))}}get rates(){return ui(this,dt)}set rates(e){e?Array.isArray(e)?ui(this,dt).value=e.join(" "):typeof e=="string"&&(ui(this,dt).value=e):ui(this,dt).value=""}get mediaPlaybackRate(){return B(this,s.MEDIA_PLAYBACK_RATE,wt)}set mediaPlaybackRate(e){W(this,s.MEDIA_PLAYBACK_RATE,e)}handleClick(){var e,i;let r=Array.from(ui(this,dt).values(),o=>+o).sort((o,l)=>o-l),a=(i=(e=r.find(o=>o>this.mediaPlaybackRate))!=null?e:r[0])!=null?i:wt,n=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:a});this.dispatchEvent(n)}};dt=new WeakMap;pr.getSlotTemplateHTML=Ju;pr.getTooltipContentHTML=ju;d.customElements.get("media-playback-rate-button")||d.customElements.define("media-playback-rate-button",pr);var kd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},mi=(t,e,i)=>(kd(t,e,"read from private field"),i?i.call(t):e.get(t)),Fo=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},hi=(t,e,i)=>(kd(t,e,"access private method"),i),ct,pi,vr,tn,Ko,Vo={RATES:"rates"},qo=class extends ne{constructor(){super(),Fo(this,pi),Fo(this,tn),Fo(this,ct,new it(this,Vo.RATES,{defaultValue:$o})),hi(this,pi,vr).call(this)}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PLAYBACK_RATE,Vo.RATES]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===s.MEDIA_PLAYBACK_RATE&&i!=r?(this.value=r,hi(this,pi,vr).call(this)):e===Vo.RATES&&i!=r&&(mi(this,ct).value=r,hi(this,pi,vr).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",hi(this,tn,Ko))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",hi(this,tn,Ko))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-playback-rate-menu-button")}get rates(){return mi(this,ct)}set rates(e){e?Array.isArray(e)?mi(this,ct).value=e.join(" "):typeof e=="string"&&(mi(this,ct).value=e):mi(this,ct).value="",hi(this,pi,vr).call(this)}get mediaPlaybackRate(){return B(this,s.MEDIA_PLAYBACK_RATE,wt)}set mediaPlaybackRate(e){W(this,s.MEDIA_PLAYBACK_RATE,e)}};ct=new WeakMap;pi=new WeakSet;vr=function(){this.defaultSlot.textContent="";let t=He(this.mediaPlaybackRate),e=new Set(Array.from(mi(this,ct)).map(r=>He(Number(r))));t>0&&!e.has(t)&&e.add(t);let i=Array.from(e).sort((r,a)=>r-a);for(let r of i){let a=Ne({type:"radio",text:this.formatMenuItemText(`${r}x`,r),value:r.toString(),checked:t===r});a.prepend(ke(this,"checked-indicator")),this.defaultSlot.append(a)}};tn=new WeakSet;Ko=function(){if(!this.value)return;let t=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-playback-rate-menu")||d.customElements.define("media-playback-rate-menu",qo);var rn=1;function eh(t){return`
    <style>
      :host {
        min-width: 5ch;
        padding: var(--media-button-padding, var(--media-control-padding, 10px 5px));
      }

      :host([aria-expanded="true"]) slot {
        display: block;
      }

      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${t.mediaplaybackrate?He(+t.mediaplaybackrate):rn}x</slot>
  `}function th(){return _("Playback rate")}var Er=class extends Se{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_PLAYBACK_RATE]}constructor(){var e;super(),this.container=this.shadowRoot.querySelector('slot[name="icon"]'),this.container.innerHTML=`${He((e=this.mediaPlaybackRate)!=null?e:rn)}x`}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),e===s.MEDIA_PLAYBACK_RATE){let a=r?+r:Number.NaN,n=He(Number.isNaN(a)?rn:a);this.container.innerHTML=`${n}x`,this.setAttribute("aria-label",_("Playback rate {playbackRate}",{playbackRate:n}))}}get invokeTargetElement(){return this.invokeTarget!=null?super.invokeTargetElement:Y(this).querySelector("media-playback-rate-menu")}get mediaPlaybackRate(){return B(this,s.MEDIA_PLAYBACK_RATE,rn)}set mediaPlaybackRate(e){W(this,s.MEDIA_PLAYBACK_RATE,e)}};Er.getSlotTemplateHTML=eh;Er.getTooltipContentHTML=th;d.customElements.get("media-playback-rate-menu-button")||d.customElements.define("media-playback-rate-menu-button",Er);var Qo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Qe=(t,e,i)=>(Qo(t,e,"read from private field"),i?i.call(t):e.get(t)),an=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Sd=(t,e,i,r)=>(Qo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),vi=(t,e,i)=>(Qo(t,e,"access private method"),i),fr,Be,Ei,gr,nn,Go,Yo=class extends ne{constructor(){super(...arguments),an(this,Ei),an(this,nn),an(this,fr,[]),an(this,Be,{})}static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_RENDITION_LIST,s.MEDIA_RENDITION_SELECTED,s.MEDIA_RENDITION_UNAVAILABLE,s.MEDIA_HEIGHT,s.MEDIA_WIDTH]}static formatMenuItemText(e,i){return super.formatMenuItemText(e,i)}static formatRendition(e,{showBitrate:i=!1}={}){let r=`${Math.min(e.width,e.height)}p`;if(i&&e.bitrate){let a=e.bitrate/1e6,n=`${a.toFixed(a<1?1:0)} Mbps`;return`${r} (${n})`}return this.formatMenuItemText(r,e)}static compareRendition(e,i){var r,a;return i.height===e.height?((r=i.bitrate)!=null?r:0)-((a=e.bitrate)!=null?a:0):i.height-e.height}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),i!==r)switch(e){case s.MEDIA_RENDITION_SELECTED:this.value=r??"auto",vi(this,Ei,gr).call(this);break;case s.MEDIA_RENDITION_LIST:Sd(this,fr,zs(r)),vi(this,Ei,gr).call(this);break;case s.MEDIA_HEIGHT:case s.MEDIA_WIDTH:vi(this,Ei,gr).call(this);break}}connectedCallback(){super.connectedCallback(),this.addEventListener("change",vi(this,nn,Go))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",vi(this,nn,Go))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-rendition-menu-button")}get mediaRenditionList(){return Qe(this,fr)}set mediaRenditionList(e){Sd(this,fr,e),vi(this,Ei,gr).call(this)}get mediaRenditionSelected(){return R(this,s.MEDIA_RENDITION_SELECTED)}set mediaRenditionSelected(e){L(this,s.MEDIA_RENDITION_SELECTED,e)}get mediaHeight(){return B(this,s.MEDIA_HEIGHT)}set mediaHeight(e){W(this,s.MEDIA_HEIGHT,e)}get mediaWidth(){return B(this,s.MEDIA_WIDTH)}set mediaWidth(e){W(this,s.MEDIA_WIDTH,e)}compareRendition(e,i){return this.constructor.compareRendition(e,i)}formatMenuItemText(e,i){return this.constructor.formatMenuItemText(e,i)}formatRendition(e,i){return this.constructor.formatRendition(e,i)}showRenditionBitrate(e){return this.mediaRenditionList.some(i=>i!==e&&i.height===e.height&&i.bitrate!==e.bitrate)}};fr=new WeakMap;Be=new WeakMap;Ei=new WeakSet;gr=function(){let t=!this.mediaRenditionSelected;if(Qe(this,Be).mediaRenditionList===JSON.stringify(this.mediaRenditionList)&&Qe(this,Be).mediaHeight===this.mediaHeight&&Qe(this,Be).mediaWidth===this.mediaWidth&&Qe(this,Be).isAuto===t)return;Qe(this,Be).mediaRenditionList=JSON.stringify(this.mediaRenditionList),Qe(this,Be).mediaHeight=this.mediaHeight,Qe(this,Be).mediaWidth=this.mediaWidth,Qe(this,Be).isAuto=t;let e=this.mediaRenditionList.sort(this.compareRendition.bind(this)),i=e.find(o=>o.id===this.mediaRenditionSelected);for(let o of e)o.selected=o===i;this.defaultSlot.textContent="";for(let o of e){let l=this.formatRendition(o,{showBitrate:this.showRenditionBitrate(o)}),c=Ne({type:"radio",text:l,value:`${o.id}`,checked:o.selected&&!t});c.prepend(ke(this,"checked-indicator")),this.defaultSlot.append(c)}let r=i&&this.showRenditionBitrate(i),a;t&&(i?a=this.formatMenuItemText(`${_("Auto")} \u2022 ${this.formatRendition(i,{showBitrate:r})}`,i):this.mediaHeight>0&&this.mediaWidth>0&&(a=this.formatMenuItemText(`${_("Auto")} (${Math.min(this.mediaWidth,this.mediaHeight)}p)`))),a||(a=this.formatMenuItemText(_("Auto")));let n=Ne({type:"radio",text:a,value:"auto",checked:t});n.dataset.description=a,n.prepend(ke(this,"checked-indicator")),this.defaultSlot.append(n)};nn=new WeakSet;Go=function(){if(this.value==null)return;let t=new d.CustomEvent(v.MEDIA_RENDITION_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-rendition-menu")||d.customElements.define("media-rendition-menu",Yo);var ih=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M13.5 2.5h2v6h-2v-2h-11v-2h11v-2Zm4 2h4v2h-4v-2Zm-12 4h2v6h-2v-2h-3v-2h3v-2Zm4 2h12v2h-12v-2Zm1 4h2v6h-2v-2h-8v-2h8v-2Zm4 2h7v2h-7v-2Z" />
</svg>`;function rh(){return`
    <style>
      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${ih}</slot>
  `}function ah(){return _("Quality")}var _r=class extends Se{static get observedAttributes(){return[...super.observedAttributes,s.MEDIA_RENDITION_SELECTED,s.MEDIA_RENDITION_UNAVAILABLE,s.MEDIA_HEIGHT]}connectedCallback(){super.connectedCallback(),this.setAttribute("aria-label",_("quality"))}get invokeTargetElement(){return this.invokeTarget!=null?super.invokeTargetElement:Y(this).querySelector("media-rendition-menu")}get mediaRenditionSelected(){return R(this,s.MEDIA_RENDITION_SELECTED)}set mediaRenditionSelected(e){L(this,s.MEDIA_RENDITION_SELECTED,e)}get mediaHeight(){return B(this,s.MEDIA_HEIGHT)}set mediaHeight(e){W(this,s.MEDIA_HEIGHT,e)}};_r.getSlotTemplateHTML=rh;_r.getTooltipContentHTML=ah;d.customElements.get("media-rendition-menu-button")||d.customElements.define("media-rendition-menu-button",_r);var nh=["abort","canplay","canplaythrough","durationchange","emptied","encrypted","ended","error","loadeddata","loadedmetadata","loadstart","pause","play","playing","progress","ratechange","seeked","seeking","stalled","suspend","timeupdate","volumechange","waiting","waitingforkey","resize","enterpictureinpicture","leavepictureinpicture","webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"],yd=["autopictureinpicture","disablepictureinpicture","disableremoteplayback","autoplay","controls","controlslist","crossorigin","loop","muted","playsinline","poster","preload","src"];function oh(t){return`
    <style>
      :host {
        display: inline-flex;
        line-height: 0;
        flex-direction: column;
        justify-content: end;
      }

      audio {
        width: 100%;
      }
    </style>
    <slot name="media">
      <audio${wd(t)}></audio>
    </slot>
    <slot></slot>
  `}function sh(t){return`
    <style>
      :host {
        display: inline-block;
        line-height: 0;
      }

      video {
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
        min-height: 100%;
        object-fit: var(--media-object-fit, contain);
        object-position: var(--media-object-position, 50% 50%);
      }

      video::-webkit-media-text-track-container {
        transform: var(--media-webkit-text-track-transform);
        transition: var(--media-webkit-text-track-transition);
      }
    </style>
    <slot name="media">
      <video${wd(t)}></video>
    </slot>
    <slot></slot>
  `}function Id(t,{tag:e,is:i}){let r=globalThis.document?.createElement?.(e,{is:i}),a=r?lh(r):[];return class Zo extends t{static getTemplateHTML=e.endsWith("audio")?oh:sh;static shadowRootOptions={mode:"open"};static Events=nh;static#e=!1;static get observedAttributes(){return Zo.#t(),[...r?.constructor?.observedAttributes??[],...yd]}static#t(){if(this.#e)return;this.#e=!0;let o=new Set(this.observedAttributes);o.delete("muted");for(let l of a)if(!(l in this.prototype))if(typeof r[l]=="function")this.prototype[l]=function(...c){return this.#o(),this.call?this.call(l,...c):this.nativeEl?.[l]?.apply(this.nativeEl,c)};else{let c={get(){this.#o();let u=l.toLowerCase();if(o.has(u)){let p=this.getAttribute(u);return p===null?!1:p===""?!0:p}return this.get?.(l)??this.nativeEl?.[l]}};l!==l.toUpperCase()&&(c.set=function(u){this.#o();let p=l.toLowerCase();if(o.has(p)){u===!0||u===!1||u==null?this.toggleAttribute(p,!!u):this.setAttribute(p,u);return}if(this.set){this.set(l,u);return}this.nativeEl&&(this.nativeEl[l]=u)}),Object.defineProperty(this.prototype,l,c)}}#i=!1;#r=null;#a=new Map;#s;#n;get;set;call;get nativeEl(){return this.#o(),this.#r??this.querySelector(":scope > [slot=media]")??this.querySelector(e)??this.shadowRoot?.querySelector(e)??null}set nativeEl(o){this.#r=o}get defaultMuted(){return this.hasAttribute("muted")}set defaultMuted(o){this.toggleAttribute("muted",o)}get src(){return this.getAttribute("src")}set src(o){this.setAttribute("src",`${o}`)}get preload(){return this.getAttribute("preload")??this.nativeEl?.preload}set preload(o){this.setAttribute("preload",`${o}`)}#o(){this.#i||(this.#i=!0,this.init())}init(){if(!this.shadowRoot){this.attachShadow({mode:"open"});let o=dh(this.attributes);i&&(o.is=i),e&&(o.part=e),this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(o)}this.nativeEl.muted=this.hasAttribute("muted");for(let o of a)this.#h(o);this.#l()}#l(){this.#s=new MutationObserver(this.#u.bind(this)),this.#n=()=>this.#d(),this.shadowRoot?.addEventListener("slotchange",this.#n),this.#d();for(let o of this.constructor.Events)this.shadowRoot?.addEventListener(o,this,!0)}handleEvent(o){o.target===this.nativeEl&&this.dispatchEvent(new CustomEvent(o.type,{detail:o.detail}))}#d(){let o=new Map(this.#a);(this.shadowRoot?.querySelector("slot:not([name])")?.assignedElements({flatten:!0}).filter(u=>["track","source"].includes(u.localName))).forEach(u=>{o.delete(u);let p=this.#a.get(u);p||(p=u.cloneNode(),this.#a.set(u,p),this.#s?.observe(u,{attributes:!0})),this.nativeEl?.append(p),this.#c(p)}),o.forEach((u,p)=>{u.remove(),this.#a.delete(p)})}#u(o){for(let l of o)if(l.type==="attributes"){let{target:c,attributeName:u}=l,p=this.#a.get(c);p&&u&&(p.setAttribute(u,c.getAttribute(u)??""),this.#c(p))}}#c(o){o&&o.localName==="track"&&o.default&&(o.kind==="chapters"||o.kind==="metadata")&&o.track.mode==="disabled"&&(o.track.mode="hidden")}#h(o){if(Object.prototype.hasOwnProperty.call(this,o)){let l=this[o];delete this[o],this[o]=l}}attributeChangedCallback(o,l,c){this.#o(),this.#m(o,l,c)}#m(o,l,c){["id","class"].includes(o)||!Zo.observedAttributes.includes(o)&&this.constructor.observedAttributes.includes(o)||(c===null?this.nativeEl?.removeAttribute(o):this.nativeEl?.getAttribute(o)!==c&&this.nativeEl?.setAttribute(o,c))}connectedCallback(){this.#o(),this.#n||this.#l()}disconnectedCallback(){this.#s?.disconnect(),this.#s=void 0,this.#n&&(this.shadowRoot?.removeEventListener("slotchange",this.#n),this.#n=void 0);for(let o of this.constructor.Events)this.shadowRoot?.removeEventListener(o,this,!0);this.#a.forEach(o=>o.remove()),this.#a.clear(),this.#r=null}}}function lh(t){let e=[];for(let i=Object.getPrototypeOf(t);i&&i!==HTMLElement.prototype;i=Object.getPrototypeOf(i)){let r=Object.getOwnPropertyNames(i);e.push(...r)}return e}function wd(t){let e="";for(let i in t){if(!yd.includes(i))continue;let r=t[i];r===""?e+=` ${zo(i)}`:e+=` ${zo(i)}="${zo(`${r}`)}"`}return e}function zo(t){return t.replace(/&/g,"&amp;").replace(/</g,"&lt;").replace(/>/g,"&gt;").replace(/"/g,"&quot;").replace(/'/g,"&apos;").replace(/`/g,"&#x60;")}function dh(t){let e={};for(let i of t)e[i.name]=i.value;return e}var Ld=Id(globalThis.HTMLElement??class{},{tag:"video"}),YE=Id(globalThis.HTMLElement??class{},{tag:"audio"});var ze=class extends Event{track;constructor(e,i){super(e),this.track=i.track}};var Xo=new WeakMap;function E(t){return Xo.get(t)??ch(t,{})}function ch(t,e){let i=Xo.get(t);return i||Xo.set(t,i={}),Object.assign(i,e)}function on(t,e){let i=t.videoTracks;E(e).media=new WeakRef(t),E(e).renditionSet||(E(e).renditionSet=new Set);let r=E(i).trackSet;r.add(e);let a=r.size-1;a in Lt.prototype||Object.defineProperty(Lt.prototype,a,{get(){return[...E(this).trackSet][a]}}),queueMicrotask(()=>{i.dispatchEvent(new ze("addtrack",{track:e}))})}function sn(t){let e=E(t).media?.deref()?.videoTracks;if(!e)return;E(e).trackSet.delete(t),queueMicrotask(()=>{e.dispatchEvent(new ze("removetrack",{track:t}))})}function Md(t){let e=E(t).media?.deref()?.videoTracks??[],i=!1;for(let r of e)r!==t&&(r.selected=!1,i=!0);if(i){if(E(e).changeRequested)return;E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,e.dispatchEvent(new Event("change"))})}}var Lt=class extends EventTarget{#e;#t;#i;constructor(){super(),E(this).trackSet=new Set}get#r(){return E(this).trackSet}[Symbol.iterator](){return this.#r.values()}get length(){return this.#r.size}getTrackById(e){return[...this.#r].find(i=>i.id===e)??null}get selectedIndex(){return[...this.#r].findIndex(e=>e.selected)}get onaddtrack(){return this.#e}set onaddtrack(e){this.#e&&(this.removeEventListener("addtrack",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addtrack",e))}get onremovetrack(){return this.#t}set onremovetrack(e){this.#t&&(this.removeEventListener("removetrack",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removetrack",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var Ze=class extends Event{rendition;constructor(e,i){super(e),this.rendition=i.rendition}};function Rd(t,e){let i=E(t).media?.deref()?.videoRenditions;E(e).media=E(t).media,E(e).track=t;let r=E(t).renditionSet;r.add(e);let a=r.size-1;a in Mt.prototype||Object.defineProperty(Mt.prototype,a,{get(){return fi(this)[a]}}),queueMicrotask(()=>{!i||!t.selected||i.dispatchEvent(new Ze("addrendition",{rendition:e}))})}function Dd(t){let e=E(t).media?.deref()?.videoRenditions,i=E(t).track;E(i).renditionSet.delete(t),queueMicrotask(()=>{let a=E(t).track;!e||!a.selected||e.dispatchEvent(new Ze("removerendition",{rendition:t}))})}function Cd(t){let e=E(t).media?.deref()?.videoRenditions;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,E(t).track.selected&&e.dispatchEvent(new Event("change"))}))}function fi(t){let e=E(t).media?.deref();return e?[...e.videoTracks].filter(i=>i.selected).flatMap(i=>[...E(i).renditionSet]):[]}var Mt=class extends EventTarget{#e;#t;#i;[Symbol.iterator](){return fi(this).values()}get length(){return fi(this).length}getRenditionById(e){return fi(this).find(i=>`${i.id}`==`${e}`)??null}get selectedIndex(){return fi(this).findIndex(e=>e.selected)}set selectedIndex(e){for(let[i,r]of fi(this).entries())r.selected=i===e}get onaddrendition(){return this.#e}set onaddrendition(e){this.#e&&(this.removeEventListener("addrendition",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addrendition",e))}get onremoverendition(){return this.#t}set onremoverendition(e){this.#t&&(this.removeEventListener("removerendition",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removerendition",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var br=class{src;id;width;height;bitrate;frameRate;codec;#e=!1;get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,Cd(this))}};var gi=class{id;kind;label="";language="";sourceBuffer;#e=!1;addRendition(e,i,r,a,n,o){let l=new br;return l.src=e,l.width=i,l.height=r,l.frameRate=o,l.bitrate=n,l.codec=a,Rd(this,l),l}removeRendition(e){Dd(e)}get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,e===!0&&Md(this))}};function xd(t,e){let i=E(t).media?.deref()?.audioRenditions;E(e).media=E(t).media,E(e).track=t;let r=E(t).renditionSet;r.add(e);let a=r.size-1;a in Rt.prototype||Object.defineProperty(Rt.prototype,a,{get(){return _i(this)[a]}}),queueMicrotask(()=>{!i||!t.enabled||i.dispatchEvent(new Ze("addrendition",{rendition:e}))})}function Od(t){let e=E(t).media?.deref()?.audioRenditions,i=E(t).track;E(i).renditionSet.delete(t),queueMicrotask(()=>{let a=E(t).track;!e||!a.enabled||e.dispatchEvent(new Ze("removerendition",{rendition:t}))})}function Ud(t){let e=E(t).media?.deref()?.audioRenditions;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,E(t).track.enabled&&e.dispatchEvent(new Event("change"))}))}function _i(t){let e=E(t).media?.deref();return e?[...e.audioTracks].filter(i=>i.enabled).flatMap(i=>[...E(i).renditionSet]):[]}var Rt=class extends EventTarget{#e;#t;#i;[Symbol.iterator](){return _i(this).values()}get length(){return _i(this).length}getRenditionById(e){return _i(this).find(i=>`${i.id}`==`${e}`)??null}get selectedIndex(){return _i(this).findIndex(e=>e.selected)}set selectedIndex(e){for(let[i,r]of _i(this).entries())r.selected=i===e}get onaddrendition(){return this.#e}set onaddrendition(e){this.#e&&(this.removeEventListener("addrendition",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addrendition",e))}get onremoverendition(){return this.#t}set onremoverendition(e){this.#t&&(this.removeEventListener("removerendition",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removerendition",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var Ar=class{src;id;bitrate;codec;#e=!1;get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,Ud(this))}};function ln(t,e){let i=t.audioTracks;E(e).media=new WeakRef(t),E(e).renditionSet||(E(e).renditionSet=new Set);let r=E(i).trackSet;r.add(e);let a=r.size-1;a in Dt.prototype||Object.defineProperty(Dt.prototype,a,{get(){return[...E(this).trackSet][a]}}),queueMicrotask(()=>{i.dispatchEvent(new ze("addtrack",{track:e}))})}function dn(t){let e=E(t).media?.deref()?.audioTracks;if(!e)return;E(e).trackSet.delete(t),queueMicrotask(()=>{e.dispatchEvent(new ze("removetrack",{track:t}))})}function Pd(t){let e=E(t).media?.deref()?.audioTracks;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,e.dispatchEvent(new Event("change"))}))}var Dt=class extends EventTarget{#e;#t;#i;constructor(){super(),E(this).trackSet=new Set}get#r(){return E(this).trackSet}[Symbol.iterator](){return this.#r.values()}get length(){return this.#r.size}getTrackById(e){return[...this.#r].find(i=>i.id===e)??null}get onaddtrack(){return this.#e}set onaddtrack(e){this.#e&&(this.removeEventListener("addtrack",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addtrack",e))}get onremovetrack(){return this.#t}set onremovetrack(e){this.#t&&(this.removeEventListener("removetrack",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removetrack",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var bi=class{id;kind;label="";language="";sourceBuffer;#e=!1;addRendition(e,i,r){let a=new Ar;return a.src=e,a.codec=i,a.bitrate=r,xd(this,a),a}removeRendition(e){Od(e)}get enabled(){return this.#e}set enabled(e){this.#e!==e&&(this.#e=e,Pd(this))}};var Nd=cn(globalThis.HTMLMediaElement,"video"),Hd=cn(globalThis.HTMLMediaElement,"audio");function Bd(t){if(!t?.prototype)return t;let e=cn(t,"video");(!e||`${e}`.includes("[native code]"))&&Object.defineProperty(t.prototype,"videoTracks",{get(){return uh(this)}});let i=cn(t,"audio");(!i||`${i}`.includes("[native code]"))&&Object.defineProperty(t.prototype,"audioTracks",{get(){return hh(this)}}),"addVideoTrack"in t.prototype||(t.prototype.addVideoTrack=function(n,o="",l=""){let c=new gi;return c.kind=n,c.label=o,c.language=l,on(this,c),c}),"removeVideoTrack"in t.prototype||(t.prototype.removeVideoTrack=sn),"addAudioTrack"in t.prototype||(t.prototype.addAudioTrack=function(n,o="",l=""){let c=new bi;return c.kind=n,c.label=o,c.language=l,ln(this,c),c}),"removeAudioTrack"in t.prototype||(t.prototype.removeAudioTrack=dn),"videoRenditions"in t.prototype||Object.defineProperty(t.prototype,"videoRenditions",{get(){return r(this)}});let r=n=>{let o=E(n).videoRenditions;return o||(o=new Mt,E(o).media=new WeakRef(n),E(n).videoRenditions=o),o};"audioRenditions"in t.prototype||Object.defineProperty(t.prototype,"audioRenditions",{get(){return a(this)}});let a=n=>{let o=E(n).audioRenditions;return o||(o=new Rt,E(o).media=new WeakRef(n),E(n).audioRenditions=o),o};return t}function cn(t,e){if(t?.prototype)return Object.getOwnPropertyDescriptor(t.prototype,`${e}Tracks`)?.get}function uh(t){let e=E(t).videoTracks;if(!e&&(e=new Lt,E(t).videoTracks=e,Nd)){let i=Nd.call(t.nativeEl??t);for(let o of i)on(t,o);let r=()=>{e.dispatchEvent(new Event("change"))},a=o=>{if([...e].some(l=>l instanceof gi)){for(let l of i)sn(l);return}on(t,o.track)},n=o=>{sn(o.track)};i.addEventListener("change",r),i.addEventListener("addtrack",a),i.addEventListener("removetrack",n)}return e}function hh(t){let e=E(t).audioTracks;if(!e&&(e=new Dt,E(t).audioTracks=e,Hd)){let i=Hd.call(t.nativeEl??t);for(let o of i)ln(t,o);let r=()=>{e.dispatchEvent(new Event("change"))},a=o=>{if([...e].some(l=>l instanceof bi)){for(let l of i)dn(l);return}ln(t,o.track)},n=o=>{dn(o.track)};i.addEventListener("change",r),i.addEventListener("addtrack",a),i.addEventListener("removetrack",n)}return e}import ve from"./hls.mjs";var mh=t=>class extends t{static shadowRootOptions={...t.shadowRootOptions};static getTemplateHTML=(i,r={})=>{let{src:a,...n}=i;return`
        <script type="application/json" id="config">
          ${JSON.stringify(r.config||{})}
        <\/script>
        ${t.getTemplateHTML(n)}
      `};#e=null;#t=null;constructor(){super(),this.#a("config")}get config(){return this.#t}set config(i){this.#t=i}attributeChangedCallback(i,r,a){i!=="src"&&super.attributeChangedCallback(i,r,a),i==="src"&&r!=a&&this.load()}#i(){var i,r;(i=this.#e)==null||i.remove(),(r=this.nativeEl)==null||r.removeEventListener("webkitcurrentplaybacktargetiswirelesschanged",this.#r),this.api&&(this.api.detachMedia(),this.api.destroy(),this.api=null)}async load(){var i,r;let a=!this.api;if(this.#i(),!!this.src){if(a&&!this.#t&&(this.#t=JSON.parse(((i=this.shadowRoot.getElementById("config"))==null?void 0:i.textContent)||"{}")),ve.isSupported()){switch(await Promise.resolve(),this.api=new ve({liveDurationInfinity:!0,autoStartLoad:!1,...this.config}),this.api.loadSource(this.src),this.api.attachMedia(this.nativeEl),this.nativeEl.preload){case"none":{let u=()=>this.api.startLoad();this.nativeEl.addEventListener("play",u,{once:!0}),this.api.on(ve.Events.DESTROYING,()=>{this.nativeEl.removeEventListener("play",u)});break}case"metadata":{let u=this.api.config.maxBufferLength,p=this.api.config.maxBufferSize;this.api.config.maxBufferLength=1,this.api.config.maxBufferSize=1;let b=()=>{this.api.config.maxBufferLength=u,this.api.config.maxBufferSize=p};this.nativeEl.addEventListener("play",b,{once:!0}),this.api.on(ve.Events.DESTROYING,()=>{this.nativeEl.removeEventListener("play",b)}),this.api.startLoad();break}default:this.api.startLoad()}this.nativeEl.webkitCurrentPlaybackTargetIsWireless&&this.api.stopLoad(),this.nativeEl.addEventListener("webkitcurrentplaybacktargetiswirelesschanged",this.#r),this.#e=document.createElement("source"),this.#e.setAttribute("type","application/x-mpegURL"),this.#e.setAttribute("src",this.src),this.nativeEl.disableRemotePlayback=!1,this.nativeEl.append(this.#e);let n=new WeakMap;this.api.on(ve.Events.MANIFEST_PARSED,(u,p)=>{this.nativeEl.autoplay&&this.nativeEl.paused&&this.nativeEl.play().catch(f=>{console.warn("Autoplay failed:",f)}),c();let b=this.videoTracks.getTrackById("main");b||(b=this.addVideoTrack("main"),b.id="main",b.selected=!0);for(let[f,m]of p.levels.entries()){let k=b.addRendition(m.url[0],m.width,m.height,m.videoCodec,m.bitrate);n.set(m,`${f}`),k.id=`${f}`}for(let[f,m]of p.audioTracks.entries()){let k=m.default?"main":"alternative",A=this.addAudioTrack(k,m.name,m.lang);A.id=`${f}`,m.default&&(A.enabled=!0)}}),this.audioTracks.addEventListener("change",()=>{var u;let p=+((u=[...this.audioTracks].find(f=>f.enabled))==null?void 0:u.id),b=this.api.audioTracks.map(f=>f.id);p!=this.api.audioTrack&&b.includes(p)&&(this.api.audioTrack=p)}),this.api.on(ve.Events.LEVELS_UPDATED,(u,p)=>{let b=this.videoTracks[this.videoTracks.selectedIndex??0];if(!b)return;let f=p.levels.map(m=>n.get(m));for(let m of this.videoRenditions)m.id&&!f.includes(m.id)&&b.removeRendition(m)});let o=null;this.api.on(ve.Events.ERROR,(u,p)=>{p.type===ve.ErrorTypes.NETWORK_ERROR&&p.details===ve.ErrorDetails.FRAG_LOAD_ERROR&&(o=p.frag.level)}),this.api.on(ve.Events.LEVEL_SWITCHED,(u,p)=>{let b=p.level;o!==null&&b<o&&(console.warn(`\u26A0\uFE0F hls.js downgraded quality from level ${o} to ${b} due to fragment load failure.`),this.videoRenditions.selectedIndex=b,o=null)});let l=u=>{let p=u.target.selectedIndex;p!=this.api.nextLevel&&(this.api.nextLevel=p)};(r=this.videoRenditions)==null||r.addEventListener("change",l);let c=()=>{for(let u of this.videoTracks)this.removeVideoTrack(u);for(let u of this.audioTracks)this.removeAudioTrack(u)};this.api.once(ve.Events.DESTROYING,c);return}await Promise.resolve(),this.nativeEl.canPlayType("application/vnd.apple.mpegurl")&&(this.nativeEl.src=this.src)}}#r=()=>{var i,r,a;(i=this.nativeEl)!=null&&i.webkitCurrentPlaybackTargetIsWireless?(r=this.api)==null||r.stopLoad():(a=this.api)==null||a.startLoad()};#a(i){if(Object.prototype.hasOwnProperty.call(this,i)){let r=this[i];delete this[i],this[i]=r}}},Wd=mh(Bd(Ld));globalThis.customElements&&!globalThis.customElements.get("hls-video")&&globalThis.customElements.define("hls-video",Wd);export{ve as Hls,Wd as HlsVideoElement,ec as addTranslation,En as setLanguage};
